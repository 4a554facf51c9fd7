package io.countersign.model.reconciliation;

import io.countersign.model.Immutable;
import io.countersign.model.id.ExceptionId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `POST L/exceptions/bulk`.
///
/// @param action `assign` (with `assignee`), `comment` (with `text`), `dismiss` or `reopen` (with
///   `reason`), or `write-off` (with `account` and `reason`)
/// @param ids 1 to 1,000
public record ExceptionBulkRequest(
    String action,
    List<ExceptionId> ids,
    @Nullable String assignee,
    @Nullable String text,
    @Nullable String reason,
    @Nullable String account) {

  public ExceptionBulkRequest {
    ids = Immutable.list(ids);
  }
}
