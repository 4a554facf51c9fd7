package io.countersign.model.reconciliation;

import io.countersign.model.id.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A run of the matcher.
///
/// @param progress percent
public record Reconciliation(
    RunId id,
    RunState state,
    int progress,
    int lines,
    int matched,
    int awaiting,
    int exceptions,
    Instant startedAt,
    @Nullable Instant finishedAt) {}
