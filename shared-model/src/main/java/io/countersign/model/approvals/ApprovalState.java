package io.countersign.model.approvals;

import io.countersign.model.WireName;

/// What became of a proposal.
public enum ApprovalState implements WireName {
  PENDING,
  APPROVED,
  REJECTED,
  WITHDRAWN,
  EXPIRED,
  SUPERSEDED
}
