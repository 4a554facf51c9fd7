package io.countersign.server.reconciliation.statement;

import io.countersign.model.CurrencyCode;
import io.countersign.model.reconciliation.Settlement;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One booked line of a statement.
///
/// @param number 1 for the first line of its statement
/// @param valueDate null when the bank names none, or a day that does not exist such as 30 February
/// @param valueDateText what the bank wrote, also when it is no day
/// @param bookedOn the bank's booking day; the value date where it names none
/// @param minorUnits signed: positive is money in
/// @param references every identifier by which the two sides may know the payment, without
///   placeholders such as `NOTPROVIDED`, each once
/// @param text what a person reads: remittance information, names, booking text
/// @param key the sender's own name for this line, alike in every file that has it; null when there
///   is none, and then a line is what it says
/// @param settlement of an acquirer's line; null on a bank's
public record ParsedLine(
    int number,
    @Nullable LocalDate valueDate,
    @Nullable String valueDateText,
    @Nullable LocalDate bookedOn,
    long minorUnits,
    CurrencyCode currency,
    List<String> references,
    String text,
    @Nullable String key,
    @Nullable Settlement settlement) {

  public ParsedLine {
    references = List.copyOf(references);
  }
}
