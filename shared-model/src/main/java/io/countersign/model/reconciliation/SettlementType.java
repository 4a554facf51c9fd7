package io.countersign.model.reconciliation;

import io.countersign.model.WireName;

/// What an acquirer's line settles.
public enum SettlementType implements WireName {
  CHARGE,
  REFUND,
  CHARGEBACK,
  FEE,
  /// What leaves the acquirer for our bank account.
  PAYOUT,
  /// Whatever else moves the balance: corrections, reserves, transfers.
  ADJUSTMENT
}
