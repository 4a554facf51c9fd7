package io.countersign.model.reconciliation;

import io.countersign.model.Immutable;
import io.countersign.model.journal.EntryRequest;
import java.util.List;

/// `POST L/exceptions/{id}/adjust`.
///
/// @param entries balanced; on the source's account they make up for what statement and books
///   differ by
public record ExceptionAdjustmentRequest(List<EntryRequest> entries, String reason) {

  public ExceptionAdjustmentRequest {
    entries = Immutable.list(entries);
  }
}
