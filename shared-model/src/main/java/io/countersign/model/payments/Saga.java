package io.countersign.model.payments;

import io.countersign.model.Immutable;
import io.countersign.model.Relation;
import io.countersign.model.id.SagaId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Work in steps that is carried to its end or back.
///
/// @param subject what it is about
/// @param updatedAt when it last moved or was tried: of a stuck one, since when it has been
public record Saga(
    SagaId id,
    String kind,
    SagaState state,
    Relation subject,
    List<Step> steps,
    Instant createdAt,
    Instant updatedAt) {

  public Saga {
    steps = Immutable.list(steps);
  }

  /// @param state `waiting`, `running`, `undoing` or `stuck` of what is due or ahead; `done`,
  ///   `refused`, `undone`, `failed`, `retried` or `skipped` of what is past
  /// @param lastError what the last attempt met; null when it met nothing
  public record Step(
      String name,
      String state,
      int attempts,
      @Nullable String lastError,
      @Nullable Instant nextAttemptAt) {}
}
