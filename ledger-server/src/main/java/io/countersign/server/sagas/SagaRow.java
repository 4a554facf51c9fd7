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
/// @param updatedAt when it was last written
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
    long version,
    Instant createdAt,
    Instant updatedAt) {

  static SagaRow fresh(SagaId id, String kind, Relation subject, Instant now) {
    return new SagaRow(
        id, kind, SagaState.RUNNING, subject, 0, false, 0, 0, null, now, 0, now, now);
  }

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
    return with(SagaState.RUNNING, nextStep, nextBackward, 0, 0, null, now);
  }

  SagaRow over(SagaState end) {
    return with(end, step, backward, attempts, 0, lastError, null);
  }

  SagaRow waiting(@Nullable String why, Instant until) {
    return with(SagaState.RUNNING, step, backward, attempts + 1, 0, why, until);
  }

  SagaRow failed(String error, Instant again) {
    return with(SagaState.RUNNING, step, backward, attempts + 1, failures + 1, error, again);
  }

  SagaRow stuck(String error) {
    return with(SagaState.STUCK, step, backward, attempts + 1, failures + 1, error, null);
  }

  /// As it is once it was written.
  SagaRow saved() {
    return new SagaRow(
        id,
        kind,
        state,
        subject,
        step,
        backward,
        attempts,
        failures,
        lastError,
        nextAttemptAt,
        version + 1,
        createdAt,
        updatedAt);
  }

  SagaRow because(String why) {
    return with(state, step, backward, attempts, failures, why, nextAttemptAt);
  }

  private SagaRow with(
      SagaState newState,
      int newStep,
      boolean newBackward,
      int newAttempts,
      int newFailures,
      @Nullable String error,
      @Nullable Instant next) {
    return new SagaRow(
        id,
        kind,
        newState,
        subject,
        newStep,
        newBackward,
        newAttempts,
        newFailures,
        error,
        next,
        version,
        createdAt,
        updatedAt);
  }
}
