package io.countersign.model.journal;

import io.countersign.model.Immutable;
import io.countersign.model.Relation;
import io.countersign.model.id.TransactionId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A balanced set of entries, written in one atomic append and never changed.
///
/// @param effectiveOn the accounting day
/// @param recordedAt when the books learned it
public record Transaction(
    TransactionId id,
    long sequence,
    TransactionKind kind,
    String description,
    LocalDate effectiveOn,
    Instant recordedAt,
    String recordedBy,
    @Nullable String reference,
    List<Entry> entries,
    @Nullable TransactionId reverses,
    @Nullable TransactionId reversedBy,
    @Nullable Relation relatesTo,
    @Nullable String proposedBy,
    @Nullable String decidedBy,
    @Nullable Map<String, @Nullable Object> metadata) {

  public Transaction {
    entries = Immutable.list(entries);
    metadata = metadata == null ? null : Immutable.map(metadata);
  }
}
