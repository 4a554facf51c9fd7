package io.countersign.model.approvals;

import io.countersign.model.Immutable;
import io.countersign.model.Relation;
import io.countersign.model.id.AdjustmentId;
import io.countersign.model.id.ApprovalId;
import io.countersign.model.id.TransactionId;
import io.countersign.model.journal.EntryRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A proposed transaction.
///
/// @param transactionId what was posted; null until approved
public record Adjustment(
    AdjustmentId id,
    ApprovalId approvalId,
    AdjustmentState state,
    String reason,
    String description,
    LocalDate effectiveOn,
    List<EntryRequest> entries,
    @Nullable Relation relatesTo,
    String proposedBy,
    Instant proposedAt,
    @Nullable TransactionId transactionId) {

  public Adjustment {
    entries = Immutable.list(entries);
  }
}
