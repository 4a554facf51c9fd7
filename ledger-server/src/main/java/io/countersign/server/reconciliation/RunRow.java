package io.countersign.server.reconciliation;

import io.countersign.model.id.RunId;
import io.countersign.model.reconciliation.Reconciliation;
import io.countersign.model.reconciliation.RunState;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A run as it is stored.
///
/// @param through the last day to look at; null is all
/// @param fetch whether its source's folder is looked into first
record RunRow(
    RunId id,
    String source,
    @Nullable LocalDate through,
    boolean fetch,
    RunState state,
    int progress,
    RunTotals totals,
    Instant startedAt,
    @Nullable Instant finishedAt) {

  /// The source's whole state up to the run's last day, not this run's part in it.
  ///
  /// @param lines that count
  /// @param awaiting entries of the books inside their settlement window
  /// @param exceptions that are unresolved
  record RunTotals(int lines, int matched, int awaiting, int exceptions) {}

  Reconciliation toModel() {
    return new Reconciliation(
        id,
        state,
        progress,
        totals.lines(),
        totals.matched(),
        totals.awaiting(),
        totals.exceptions(),
        startedAt,
        finishedAt);
  }
}
