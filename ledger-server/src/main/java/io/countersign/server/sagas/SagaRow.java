package io.countersign.server.sagas;

import io.countersign.model.Relation;
import io.countersign.model.id.SagaId;
import io.countersign.model.payments.SagaState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A saga as it is stored.
///
/// @param step index of the step that is due, in the table of its kind
/// @param backward whether it is that step's undo that is due
/// @param attempts at what is due
/// @param failures of these attempts in a row
/// @param nextAttemptAt null when nothing is due
record SagaRow(
    SagaId id,
    String kind,
    SagaState state,
    Relation subject,
    int step,
    boolean backward,
    int attempts,
    int failures,
    @Nullable String lastError,
    @Nullable Instant nextAttemptAt,
    long version) {

  boolean isOver() {
    return state == SagaState.DONE || state == SagaState.UNDONE;
  }

  boolean isDue(Instant now) {
    return state == SagaState.RUNNING && nextAttemptAt != null && !nextAttemptAt.isAfter(now);
  }

  boolean isAt(SagaRow other) {
    return step == other.step && backward == other.backward && !isOver();
  }

  /// Moved on to another step, which is due at once.
  SagaRow at(int nextStep, boolean nextBackward, Instant now) {
    return new SagaRow(
        id, kind, SagaState.RUNNING, subject, nextStep, nextBackward, 0, 0, null, now, version);
  }

  SagaRow over(SagaState end) {
    return new SagaRow(
        id, kind, end, subject, step, backward, attempts, 0, lastError, null, version);
  }

  SagaRow waiting(@Nullable String why, Instant until) {
    return new SagaRow(
        id, kind, SagaState.RUNNING, subject, step, backward, attempts + 1, 0, why, until, version);
  }

  SagaRow failed(String error, Instant again) {
    return new SagaRow(
        id,
        kind,
        SagaState.RUNNING,
        subject,
        step,
        backward,
        attempts + 1,
        failures + 1,
        error,
        again,
        version);
  }

  SagaRow stuck(String error) {
    return new SagaRow(
        id,
        kind,
        SagaState.STUCK,
        subject,
        step,
        backward,
        attempts + 1,
        failures + 1,
        error,
        null,
        version);
  }

  SagaRow because(String why) {
    return new SagaRow(
        id, kind, state, subject, step, backward, attempts, failures, why, nextAttemptAt, version);
  }
}
