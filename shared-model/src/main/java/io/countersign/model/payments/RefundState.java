package io.countersign.model.payments;

import io.countersign.model.WireName;

/// How far a refund has come.
public enum RefundState implements WireName {
  PENDING_APPROVAL,
  SUBMITTED,
  SUCCEEDED,
  DECLINED,
  PENDING_CONFIRMATION
}
