package io.countersign.server.export;

import io.countersign.model.exports.Export;
import io.countersign.model.exports.ExportFilter;
import io.countersign.model.exports.ExportState;
import io.countersign.model.exports.Manifest;
import io.countersign.model.id.ExportId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An export as it is stored.
///
/// @param through null until the work on it has begun
record ExportRow(
    ExportId id,
    ExportFilter filter,
    @Nullable Long through,
    ExportState state,
    int progress,
    @Nullable Manifest manifest,
    @Nullable String failure,
    String requestedBy,
    Instant startedAt,
    @Nullable Instant finishedAt) {

  Export toModel() {
    return new Export(id, state, progress, manifest, failure, requestedBy, startedAt, finishedAt);
  }
}
