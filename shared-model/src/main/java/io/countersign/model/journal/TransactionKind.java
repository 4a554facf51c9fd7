package io.countersign.model.journal;

import io.countersign.model.WireName;

/// What made a transaction.
public enum TransactionKind implements WireName {
  TRANSACTION,
  TRANSFER,
  HOLD,
  CAPTURE,
  RELEASE,
  EXPIRY,
  REVERSAL,
  CHARGE,
  REFUND,
  SETTLEMENT,
  ADJUSTMENT,
  WRITE_OFF
}
