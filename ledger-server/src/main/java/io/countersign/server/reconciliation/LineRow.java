package io.countersign.server.reconciliation;

import io.countersign.model.CurrencyCode;
import io.countersign.model.id.LineId;
import io.countersign.model.reconciliation.LineState;
import io.countersign.model.reconciliation.Settlement;
import io.countersign.model.reconciliation.StatementLine;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A statement line as it is stored.
///
/// @param identity what it says, as a hash: truly identical lines have the same
/// @param settlement null on a bank's line
record LineRow(
    UUID id,
    UUID statement,
    int number,
    @Nullable LocalDate valueDate,
    @Nullable String valueDateText,
    @Nullable LocalDate bookedOn,
    long minorUnits,
    CurrencyCode currency,
    List<String> references,
    String text,
    String identity,
    LineState state,
    @Nullable Settlement settlement) {

  LineRow {
    references = List.copyOf(references);
  }

  StatementLine toModel() {
    return new StatementLine(
        new LineId(id),
        valueDate,
        valueDateText,
        bookedOn,
        minorUnits,
        currency,
        references,
        text,
        state,
        settlement);
  }
}
