package io.countersign.server.reconciliation;

import io.countersign.model.reconciliation.ExceptionCategory;
import io.countersign.server.reconciliation.cases.CaseRaising;
import io.countersign.server.reconciliation.cases.RaisedCase;
import io.countersign.server.reconciliation.cases.Subject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/// Notices, for sources that are fetched by schedule, that a statement did not come in time.
@Component
class MissingStatements {

  private final StatementStore statements;
  private final CaseRaising cases;

  MissingStatements(StatementStore statements, CaseRaising cases) {
    this.statements = statements;
    this.cases = cases;
  }

  /// Opens or resolves the exception about each account, inside the caller's transaction.
  void check(int ledger, SourceRow source, Instant now) {
    if (source.schedule() == null) {
      return;
    }
    LocalDate expected = source.window().expectedThrough(now);
    LocalDate madeOn = source.createdAt().atZone(source.zone()).toLocalDate();
    List<RaisedCase> raised = new ArrayList<>();
    for (SourceAccountRow account : source.accounts()) {
      boolean came =
          statements
              .coveredThrough(ledger, account.id())
              .filter(through -> !through.isBefore(expected))
              .isPresent();
      if (came) {
        cases.explained(
            ledger,
            List.of(Subject.statement(account.id())),
            "statement",
            "The statement came.",
            null);
      } else if (!expected.isBefore(madeOn)) {
        raised.add(missing(source, account, expected, now));
      }
    }
    cases.raise(ledger, source.code(), raised);
  }

  private static RaisedCase missing(
      SourceRow source, SourceAccountRow account, LocalDate expected, Instant now) {
    return new RaisedCase(
        Subject.statement(account.id()),
        ExceptionCategory.MISSING_STATEMENT,
        source.code(),
        account.id(),
        null,
        account.currency(),
        null,
        List.of(),
        List.of(),
        null,
        List.of(),
        "No statement of %s through %s".formatted(account.ledgerAccount(), expected),
        new CaseMaking(source, now).dueAt());
  }
}
