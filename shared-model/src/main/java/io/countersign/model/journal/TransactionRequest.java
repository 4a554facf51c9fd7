package io.countersign.model.journal;

import io.countersign.model.Immutable;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `POST L/transactions`.
public record TransactionRequest(
    String description,
    @Nullable LocalDate effectiveOn,
    @Nullable String reference,
    List<EntryRequest> entries,
    @Nullable Map<String, @Nullable Object> metadata) {

  public TransactionRequest {
    entries = Immutable.list(entries);
    metadata = metadata == null ? null : Immutable.map(metadata);
  }
}
