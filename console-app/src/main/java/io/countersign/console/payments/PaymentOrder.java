package io.countersign.console.payments;

import io.countersign.model.WireName;

/// In which order the server lists payments.
public enum PaymentOrder implements WireName {
  /// Oldest first.
  AGE,
  /// Largest first.
  AMOUNT
}
