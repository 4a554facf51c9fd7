package io.countersign.model.approvals;

import io.countersign.model.WireName;

/// What is proposed.
public enum ApprovalKind implements WireName {
  ADJUSTMENT,
  REVERSAL,
  PAYMENT_RESOLUTION,
  REFUND,
  WRITE_OFF,
  DISMISSAL,
  STATEMENT_RELEASE,
  PERIOD_REOPEN,
  USER_CHANGE
}
