package io.countersign.model.reconciliation;

import io.countersign.model.WireName;

/// What does not fit.
public enum ExceptionCategory implements WireName {
  MISSING_IN_LEDGER,
  MISSING_IN_STATEMENT,
  DUPLICATE_IN_STATEMENT,
  DUPLICATE_IN_LEDGER,
  AMOUNT_MISMATCH,
  CURRENCY_MISMATCH,
  AMBIGUOUS,
  FEE_VARIANCE,
  BALANCE_DRIFT,
  MISSING_STATEMENT,
  UNCONFIRMED_PAYMENT,
  LATE_SUCCESS,
  LATE_DECLINE
}
