package io.countersign.server.reconciliation;

import io.countersign.model.CurrencyCode;
import io.countersign.model.Money;
import io.countersign.model.id.StatementId;
import io.countersign.model.reconciliation.Statement;
import io.countersign.model.reconciliation.StatementState;
import io.countersign.server.reconciliation.statement.Balance;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A statement as it is stored.
///
/// @param position of this statement in its file, from 1
/// @param account the source's account; null while none is found for it
/// @param coveredThrough the last day that it tells about; null when it names none
/// @param contentHash what it says, without what the bank calls it
record StatementRow(
    UUID id,
    UUID importId,
    int position,
    String source,
    @Nullable UUID account,
    String format,
    @Nullable String bankAccount,
    @Nullable String number,
    CurrencyCode currency,
    int lineCount,
    @Nullable Balance opening,
    @Nullable Balance closing,
    @Nullable LocalDate coveredThrough,
    StatementState state,
    List<Statement.Problem> problems,
    String contentHash,
    @Nullable UUID duplicateOf,
    Instant receivedAt) {

  StatementRow {
    problems = List.copyOf(problems);
  }

  Statement toModel() {
    return new Statement(
        new StatementId(id),
        source,
        format,
        bankAccount,
        currency,
        lineCount,
        opening == null ? null : new Money(opening.minorUnits(), currency),
        closing == null ? null : new Money(closing.minorUnits(), currency),
        state,
        problems);
  }
}
