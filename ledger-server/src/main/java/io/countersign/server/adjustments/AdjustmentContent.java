package io.countersign.server.adjustments;

import io.countersign.model.Immutable;
import io.countersign.model.Relation;
import io.countersign.model.id.AdjustmentId;
import io.countersign.model.id.ExceptionId;
import io.countersign.model.journal.EntryRequest;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the decider of an adjustment sees, and what is then posted.
///
/// @param resolves the exception that ends with it; null for most
record AdjustmentContent(
    AdjustmentId adjustment,
    String reason,
    String description,
    LocalDate effectiveOn,
    List<EntryRequest> entries,
    @Nullable Relation relatesTo,
    @Nullable ExceptionId resolves) {

  AdjustmentContent {
    entries = Immutable.list(entries);
  }
}
