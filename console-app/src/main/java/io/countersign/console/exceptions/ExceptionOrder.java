package io.countersign.console.exceptions;

import io.countersign.model.WireName;

/// In which order the server lists exceptions.
public enum ExceptionOrder implements WireName {
  /// Oldest first.
  AGE,
  /// Largest first.
  AMOUNT,
  /// What is due soonest first.
  DUE
}
