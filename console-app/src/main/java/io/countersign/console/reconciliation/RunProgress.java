package io.countersign.console.reconciliation;

import io.countersign.model.reconciliation.Reconciliation;
import io.countersign.model.reconciliation.RunState;
import org.jspecify.annotations.Nullable;

/// A run of the matcher, as far as it has come.
///
/// @param source code of whose statements are matched
/// @param run null until the server has told of it
/// @param problem why nothing more is known of it; empty otherwise
public record RunProgress(String source, @Nullable Reconciliation run, String problem) {

  boolean isOver() {
    return !problem.isEmpty() || (run != null && run.state() != RunState.RUNNING);
  }

  String words() {
    if (!problem.isEmpty()) {
      return problem;
    }
    if (run == null) {
      return "Beginning.";
    }
    String counts =
        run.lines()
            + " lines: "
            + run.matched()
            + " matched, "
            + run.awaiting()
            + " awaiting, "
            + run.exceptions()
            + " exceptions.";
    return switch (run.state()) {
      case RUNNING -> run.progress() + " %. " + counts;
      case FINISHED -> counts;
      case FAILED -> "It failed; what had been matched stays. " + counts;
    };
  }
}
