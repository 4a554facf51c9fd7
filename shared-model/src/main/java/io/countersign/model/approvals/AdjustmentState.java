package io.countersign.model.approvals;

import io.countersign.model.WireName;

/// What became of an adjustment.
public enum AdjustmentState implements WireName {
  PENDING_APPROVAL,
  APPROVED,
  REJECTED,
  WITHDRAWN,
  EXPIRED,
  SUPERSEDED
}
