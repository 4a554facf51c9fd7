package io.countersign.model.journal;

import io.countersign.model.Immutable;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A transaction of a batch.
///
/// @param idempotencyKey its own key in an independent batch; absent in an atomic one
public record BatchItem(
    @Nullable String idempotencyKey,
    String description,
    @Nullable LocalDate effectiveOn,
    @Nullable String reference,
    List<EntryRequest> entries,
    @Nullable Map<String, @Nullable Object> metadata) {

  public BatchItem {
    entries = Immutable.list(entries);
    metadata = metadata == null ? null : Immutable.map(metadata);
  }

  public TransactionRequest toRequest() {
    return new TransactionRequest(description, effectiveOn, reference, entries, metadata);
  }
}
