package io.countersign.model.payments;

import io.countersign.model.WireName;
import java.util.Set;

/// How far a refund has come.
public enum RefundState implements WireName {
  PENDING_APPROVAL,
  SUBMITTED,
  SUCCEEDED,
  DECLINED,
  PENDING_CONFIRMATION;

  /// The one table of transitions: where a refund may go from here.
  public Set<RefundState> next() {
    return switch (this) {
      case PENDING_APPROVAL -> Set.of(SUBMITTED, DECLINED);
      case SUBMITTED -> Set.of(SUCCEEDED, DECLINED, PENDING_CONFIRMATION);
      case PENDING_CONFIRMATION -> Set.of(SUCCEEDED, DECLINED);
      case SUCCEEDED, DECLINED -> Set.of();
    };
  }

  public boolean isFinal() {
    return next().isEmpty();
  }
}
