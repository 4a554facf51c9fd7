package io.countersign.console.sagas;

import io.countersign.console.ui.Days;
import io.countersign.console.ui.Ids;
import io.countersign.console.ui.Tone;
import io.countersign.console.ui.Words;
import io.countersign.model.payments.Saga;
import java.util.Optional;
import java.util.Set;

/// A saga as one line of the list, formatted.
///
/// @param step the one that is due; empty when none is
record SagaRow(
    Saga saga,
    String state,
    Tone tone,
    String kind,
    String step,
    String since,
    String attempts,
    String lastError,
    String nextAttempt,
    String subject) {

  private static final Set<String> DUE = Set.of("running", "undoing", "stuck");

  static SagaRow of(Saga saga, Days days) {
    Optional<Saga.Step> due = due(saga);
    return new SagaRow(
        saga,
        Words.of(saga.state()),
        Tone.of(saga.state()),
        Words.sentence(saga.kind()),
        due.map(step -> step.state().equals("undoing") ? "undo " + step.name() : step.name())
            .orElse(""),
        days.age(saga.updatedAt()),
        due.map(step -> String.valueOf(step.attempts())).orElse(""),
        due.map(Saga.Step::lastError).orElse(""),
        due.map(step -> days.moment(step.nextAttemptAt())).orElse(""),
        isItsOwnSubject(saga)
            ? ""
            : Words.sentence(saga.subject().type()) + " " + Ids.shortened(saga.subject().id()));
  }

  /// As a move between ledgers is: nothing but the saga stands for it.
  static boolean isItsOwnSubject(Saga saga) {
    return saga.subject().id().equals(saga.id().toString());
  }

  /// The step that a saga is at; none when it is over.
  static Optional<Saga.Step> due(Saga saga) {
    return saga.steps().stream().filter(step -> DUE.contains(step.state())).findFirst();
  }
}
