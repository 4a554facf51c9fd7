package io.countersign.server.reconciliation.statement;

import io.countersign.model.CurrencyCode;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A statement but for its lines, which went to the [StatementSink] before it.
///
/// @param accountId the account as the bank names it, an IBAN or a number, without blanks; null
///   when the file names none
/// @param number the bank's own name for this statement; says nothing about its content
/// @param opening null when the format or the file has none
/// @param closing null when the format or the file has none
/// @param coveredThrough the last day that it tells about: the closing balance's, else the last
///   that a line was booked on
/// @param problems what does not add up within this statement; empty when all does
public record ParsedStatement(
    StatementFormat format,
    @Nullable String accountId,
    @Nullable String number,
    CurrencyCode currency,
    @Nullable Balance opening,
    @Nullable Balance closing,
    int lineCount,
    @Nullable LocalDate coveredThrough,
    List<StatementProblem> problems) {

  public ParsedStatement {
    problems = List.copyOf(problems);
  }
}
