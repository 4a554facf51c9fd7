package io.countersign.model.exports;

import io.countersign.model.id.ExportId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An export as it is now.
///
/// @param progress percent
/// @param manifest null until it is finished
/// @param failure why there will be no file; null unless `failed`
public record Export(
    ExportId id,
    ExportState state,
    int progress,
    @Nullable Manifest manifest,
    @Nullable String failure,
    String requestedBy,
    Instant startedAt,
    @Nullable Instant finishedAt) {}
