package io.countersign.server.reconciliation.cases;

import static io.countersign.model.reconciliation.ExceptionState.ASSIGNED;
import static io.countersign.model.reconciliation.ExceptionState.AWAITING_APPROVAL;
import static io.countersign.model.reconciliation.ExceptionState.OPEN;
import static io.countersign.model.reconciliation.ExceptionState.RESOLVED;

import io.countersign.model.reconciliation.ExceptionState;
import io.countersign.server.api.Problem;
import io.countersign.server.api.Problems;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What may happen to an exception, as one table.
final class CaseTransitions {

  private CaseTransitions() {}

  static Set<ExceptionState> next(ExceptionState state) {
    return switch (state) {
      case OPEN -> Set.of(ASSIGNED, RESOLVED); // a late line resolves it by itself
      case ASSIGNED -> Set.of(ASSIGNED, AWAITING_APPROVAL, RESOLVED);
      case AWAITING_APPROVAL -> Set.of(ASSIGNED, RESOLVED);
      case RESOLVED -> Set.of(OPEN);
    };
  }

  /// Why it cannot become `to`, if so: 409 `wrong-state`.
  static Optional<Problem> refusal(ExceptionState from, ExceptionState to) {
    if (next(from).contains(to)) {
      return Optional.empty();
    }
    return Optional.of(
        Problems.wrongState(
            from.wire(),
            "The exception is %s and cannot become %s.".formatted(words(from), words(to))));
  }

  /// Why this person cannot work on it, if so. Whoever acts on an open one takes it; one that is
  /// another's is taken over by assigning it first.
  static Optional<Problem> refusalToWork(
      ExceptionState state, @Nullable String assignee, String person) {
    return switch (state) {
      case OPEN -> Optional.empty();
      case ASSIGNED ->
          person.equals(assignee)
              ? Optional.empty()
              : Optional.of(assignedTo(String.valueOf(assignee)));
      case AWAITING_APPROVAL ->
          Optional.of(
              Problems.wrongState(
                  state.wire(), "A proposal about this exception waits for its decision."));
      case RESOLVED ->
          Optional.of(
              Problems.wrongState(
                  state.wire(), "The exception is resolved; reopen it to work on it."));
    };
  }

  private static Problem assignedTo(String assignee) {
    return Problem.of(
            "assigned-to-other",
            409,
            "The exception is assigned to %s; assign it to yourself to take it over."
                .formatted(assignee))
        .with("assignee", assignee);
  }

  private static String words(ExceptionState state) {
    return state.wire().replace('_', ' ');
  }
}
