package io.countersign.model.journal;

import io.countersign.model.Immutable;
import io.countersign.model.Money;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `POST L/transfers`: `from` is debited, `to` credited.
public record TransferRequest(
    String from,
    String to,
    Money amount,
    String description,
    @Nullable String reference,
    @Nullable LocalDate effectiveOn,
    @Nullable Map<String, @Nullable Object> metadata) {

  public TransferRequest {
    metadata = metadata == null ? null : Immutable.map(metadata);
  }
}
