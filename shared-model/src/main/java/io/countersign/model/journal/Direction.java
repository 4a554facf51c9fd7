package io.countersign.model.journal;

/// The side of an entry.
public enum Direction {
  DEBIT,
  CREDIT
}
