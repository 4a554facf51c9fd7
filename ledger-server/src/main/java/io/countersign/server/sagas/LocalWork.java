package io.countersign.server.sagas;

/// The part of a step that happens in the database. It commits with the saga's log, and for a local
/// step with the end of the step before it.
@FunctionalInterface
public non-sealed interface LocalWork extends Work {

  /// Runs inside a writing transaction. An exception undoes the transaction and counts as a failed
  /// attempt.
  StepOutcome commit(SagaRun run);
}
