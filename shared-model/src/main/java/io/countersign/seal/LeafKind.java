package io.countersign.seal;

import io.countersign.model.WireName;

/// What a seal covers. The numbers are stored and never change.
public enum LeafKind implements WireName {
  TRANSACTION(0),
  PAYMENT_EVENT(1),
  APPROVAL_DECISION(2),
  AUDIT_RECORD(3);

  private final int number;

  LeafKind(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /// @throws IllegalArgumentException when no kind has this number
  public static LeafKind of(int number) {
    for (LeafKind kind : values()) {
      if (kind.number == number) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no kind of leaf has the number " + number);
  }
}
