package io.countersign.model.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.model.Immutable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What became of one transaction of a batch.
///
/// @param idempotencyKey as sent; null in an atomic batch
/// @param status as if it had been sent alone: 201, or that of the problem
/// @param replayed whether an earlier request with the key was the first
/// @param transaction absent when it was refused
/// @param problem absent when it was recorded
public record BatchResult(
    @Nullable String idempotencyKey,
    int status,
    boolean replayed,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Transaction transaction,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, @Nullable Object> problem) {

  public BatchResult {
    problem = problem == null ? null : Immutable.map(problem);
  }
}
