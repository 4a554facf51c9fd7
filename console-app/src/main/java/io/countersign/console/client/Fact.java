package io.countersign.console.client;

/// What one screen may tell the others.
public enum Fact {
  JOURNAL_CHANGED,
  PAYMENTS_CHANGED,
  EXCEPTIONS_CHANGED,
  APPROVALS_CHANGED,
  CONNECTION_RESTORED
}
