package io.countersign.model.approvals;

import io.countersign.model.Immutable;
import io.countersign.model.Relation;
import io.countersign.model.journal.EntryRequest;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `POST L/adjustments`.
public record AdjustmentRequest(
    String reason,
    String description,
    @Nullable LocalDate effectiveOn,
    List<EntryRequest> entries,
    @Nullable Relation relatesTo) {

  public AdjustmentRequest {
    entries = Immutable.list(entries);
  }
}
