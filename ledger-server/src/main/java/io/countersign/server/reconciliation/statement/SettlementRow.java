package io.countersign.server.reconciliation.statement;

import io.countersign.model.reconciliation.SettlementType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One row of an acquirer's table, as it was read. Amounts are in major units, signed: what comes
/// in is positive, a fee is positive when the acquirer keeps it.
///
/// @param key see [ParsedLine]
/// @param payout the payout that the row belongs to, or that it is
record SettlementRow(
    SettlementType type,
    BigDecimal gross,
    BigDecimal fee,
    BigDecimal net,
    String currency,
    @Nullable LocalDate valueDate,
    @Nullable String valueDateText,
    @Nullable LocalDate bookedOn,
    List<String> references,
    String text,
    @Nullable String key,
    @Nullable String payout,
    Place place) {

  SettlementRow {
    references = List.copyOf(references);
  }
}
