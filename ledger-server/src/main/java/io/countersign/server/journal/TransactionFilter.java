package io.countersign.server.journal;

import io.countersign.model.CurrencyCode;
import io.countersign.model.journal.TransactionKind;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which transactions of the journal are asked for; null asks for any.
///
/// @param account with account, amounts and currency set, one entry must fulfil all of them
/// @param text within description or reference, whatever its case
/// @param from first accounting day, inclusive
/// @param to last accounting day, inclusive
/// @param newestFirst by sequence
record TransactionFilter(
    @Nullable UUID account,
    @Nullable TransactionKind kind,
    @Nullable String reference,
    @Nullable String text,
    @Nullable LocalDate from,
    @Nullable LocalDate to,
    @Nullable Long minAmount,
    @Nullable Long maxAmount,
    @Nullable CurrencyCode currency,
    boolean newestFirst) {

  boolean asksForEntries() {
    return account != null || minAmount != null || maxAmount != null || currency != null;
  }

  boolean asksForAnything() {
    return asksForEntries()
        || kind != null
        || reference != null
        || text != null
        || from != null
        || to != null;
  }

  /// The smallest amount that is asked for: entries have at least 1.
  long leastAmount() {
    return minAmount == null ? 1 : Math.max(1, minAmount);
  }

  long mostAmount() {
    return maxAmount == null ? Long.MAX_VALUE : maxAmount;
  }
}
