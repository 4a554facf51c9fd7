package io.countersign.model.reconciliation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.model.CurrencyCode;
import io.countersign.model.Immutable;
import io.countersign.model.id.LineId;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One line of a statement.
///
/// @param valueDate null for a day that does not exist, such as 30 February
/// @param valueDateText as the file has it
/// @param amount minor units, negative for money that left; of an acquirer's line what is left
///   after its fee
/// @param settlement of an acquirer's line; absent from a bank's
public record StatementLine(
    LineId id,
    @Nullable LocalDate valueDate,
    @Nullable String valueDateText,
    @Nullable LocalDate bookedOn,
    long amount,
    CurrencyCode currency,
    List<String> references,
    String text,
    LineState state,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Settlement settlement) {

  public StatementLine {
    references = Immutable.list(references);
  }
}
