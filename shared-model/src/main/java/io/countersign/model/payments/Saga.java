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
public record Saga(SagaId id, String kind, SagaState state, Relation subject, List<Step> steps) {

  public Saga {
    steps = Immutable.list(steps);
  }

  /// @param lastError what the last attempt met; null when it met nothing
  public record Step(
      String name,
      String state,
      int attempts,
      @Nullable String lastError,
      @Nullable Instant nextAttemptAt) {}
}
