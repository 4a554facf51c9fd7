package io.countersign.model.payments;

import io.countersign.model.WireName;
import java.util.Set;

/// How far a payment has come.
public enum PaymentState implements WireName {
  CREATED,
  SUBMITTED,
  SUCCEEDED,
  DECLINED,
  PENDING_CONFIRMATION,
  PARTIALLY_REFUNDED,
  REFUNDED,
  REVERSED;

  /// The one table of transitions: where a payment may go from here.
  public Set<PaymentState> next() {
    return switch (this) {
      case CREATED -> Set.of(SUBMITTED);
      case SUBMITTED -> Set.of(SUCCEEDED, DECLINED, PENDING_CONFIRMATION);
      case PENDING_CONFIRMATION -> Set.of(SUCCEEDED, DECLINED, REVERSED);
      case SUCCEEDED -> Set.of(PARTIALLY_REFUNDED, REFUNDED);
      case PARTIALLY_REFUNDED -> Set.of(REFUNDED);
      case DECLINED, REFUNDED, REVERSED -> Set.of();
    };
  }

  /// Whether it is known what became of the charge.
  public boolean isFinal() {
    return switch (this) {
      case CREATED, SUBMITTED, PENDING_CONFIRMATION -> false;
      case SUCCEEDED, DECLINED, PARTIALLY_REFUNDED, REFUNDED, REVERSED -> true;
    };
  }

  /// Whether the card was charged and the charge is in the books.
  public boolean isCharged() {
    return this == SUCCEEDED || this == PARTIALLY_REFUNDED || this == REFUNDED;
  }
}
