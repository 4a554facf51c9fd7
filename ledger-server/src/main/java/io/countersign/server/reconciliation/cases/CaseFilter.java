package io.countersign.server.reconciliation.cases;

import io.countersign.model.reconciliation.ExceptionCategory;
import io.countersign.model.reconciliation.ExceptionState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which exceptions are asked for; null asks for any.
///
/// @param openedBefore those opened at or before this instant
/// @param minAmount minor units, whatever the sign
/// @param text within lines' and transactions' words, whatever its case
record CaseFilter(
    @Nullable ExceptionState state,
    @Nullable ExceptionCategory category,
    @Nullable String assignee,
    @Nullable String source,
    @Nullable Instant openedBefore,
    @Nullable Long minAmount,
    @Nullable String text,
    Sort sort) {

  /// Oldest first, largest first, or due soonest first.
  enum Sort {
    AGE("opened_at", "ASC", ">", "timestamptz"),
    AMOUNT("coalesce(abs(amount), 0)", "DESC", "<", "bigint"),
    DUE("due_at", "ASC", ">", "timestamptz");

    final String key;
    final String direction;
    final String beyond;
    final String type;

    Sort(String key, String direction, String beyond, String type) {
      this.key = key;
      this.direction = direction;
      this.beyond = beyond;
      this.type = type;
    }
  }
}
