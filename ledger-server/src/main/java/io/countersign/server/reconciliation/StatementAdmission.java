package io.countersign.server.reconciliation;

import io.countersign.model.Money;
import io.countersign.model.reconciliation.Statement;
import io.countersign.model.reconciliation.StatementState;
import io.countersign.server.outbox.Outbox;
import io.countersign.server.outbox.Told;
import io.countersign.server.reconciliation.statement.Balance;
import io.countersign.server.reconciliation.statement.StatementProblem;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Decides which statements of a file take part in matching, inside the caller's transaction and
/// with the source locked.
///
/// A statement whose opening balance is the closing balance before it is new by arithmetic, and all
/// its lines count, also those that say what an earlier line said. One that does not follow may
/// still repeat known lines and bring new ones: it is taken when the balance before and the new
/// lines make its closing balance. Anything else is quarantined.
@Component
class StatementAdmission {

  private final StatementStore statements;
  private final LineStore lines;
  private final LineCounting counting;
  private final SourceStore sources;
  private final Outbox outbox;

  StatementAdmission(
      StatementStore statements,
      LineStore lines,
      LineCounting counting,
      SourceStore sources,
      Outbox outbox) {
    this.statements = statements;
    this.lines = lines;
    this.counting = counting;
    this.sources = sources;
    this.outbox = outbox;
  }

  /// @param filed the file's statements, whose lines are stored
  void admit(int ledger, SourceRow source, List<StatementRow> filed) {
    List<StatementRow> fresh = new ArrayList<>();
    for (StatementRow row : filed) {
      Optional<StatementRow> known =
          statements.withContent(ledger, source.code(), row.contentHash());
      if (known.isPresent()) {
        lines.delete(ledger, row.id());
        statements.insert(ledger, duplicate(row, known.get()));
      } else {
        statements.insert(ledger, row);
        fresh.add(row);
      }
    }
    boolean accepted = false;
    for (StatementRow row : fresh) {
      accepted |= decide(ledger, source.code(), row);
    }
    Set<UUID> decided = new LinkedHashSet<>();
    filed.forEach(row -> decided.add(row.id()));
    while (accepted) {
      Optional<StatementRow> follows = reconsider(ledger, source.code());
      follows.ifPresent(row -> decided.add(row.id()));
      accepted = follows.isPresent();
    }
    outbox.publish(ledger, decided.stream().map(id -> told(ledger, id)).toList());
  }

  private Told told(int ledger, UUID id) {
    Statement statement = statements.find(ledger, id).orElseThrow().toModel();
    return new Told("statement." + statement.state().wire(), statement.id().toString(), statement);
  }

  private static StatementRow duplicate(StatementRow row, StatementRow known) {
    return new StatementRow(
        row.id(),
        row.importId(),
        row.position(),
        row.source(),
        known.account(),
        row.format(),
        row.bankAccount(),
        row.number(),
        row.currency(),
        row.lineCount(),
        row.opening(),
        row.closing(),
        row.coveredThrough(),
        StatementState.DUPLICATE,
        known.problems(),
        row.contentHash(),
        known.id(),
        row.receivedAt());
  }

  /// What was quarantined only because the statement before it was missing may follow now.
  ///
  /// @return the first that does
  private Optional<StatementRow> reconsider(int ledger, String source) {
    return statements.quarantinedFor(ledger, source, StatementProblem.NOT_CHAINED).stream()
        .filter(row -> decide(ledger, source, row))
        .findFirst();
  }

  /// @return whether it was accepted
  private boolean decide(int ledger, String source, StatementRow row) {
    boolean reconsidered =
        row.problems().stream().allMatch(it -> it.code().equals(StatementProblem.NOT_CHAINED));
    if (!reconsidered) {
      return false;
    }
    List<SourceAccountRow> accounts = sources.find(ledger, source).orElseThrow().accounts();
    Optional<SourceAccountRow> account =
        BankAccounts.find(accounts, row.bankAccount(), row.currency().toString());
    if (account.isEmpty()) {
      quarantine(ledger, row, null, foreign(row, source, accounts));
      return false;
    }
    return decide(ledger, row, account.get());
  }

  private boolean decide(int ledger, StatementRow row, SourceAccountRow account) {
    List<StatementRow> before = before(ledger, row, account.id());
    Balance opening = row.opening();
    Balance closing = row.closing();
    boolean comparable = opening != null && closing != null && !before.isEmpty();
    if (comparable && before.stream().anyMatch(it -> continues(row, it))) {
      accept(ledger, row, account);
      return true;
    }
    int known = linkKnown(ledger, row, account);
    if (known > 0 && known == row.lineCount()) {
      statements.decide(ledger, row.id(), StatementState.DUPLICATE, account.id(), List.of(), null);
      return false;
    }
    if (comparable && (known == 0 || !continuesWithNewLines(ledger, row, before))) {
      lines.unlink(ledger, row.id());
      quarantine(ledger, row, account.id(), unchained(row, before.getFirst()));
      return false;
    }
    accept(ledger, row, account);
    return true;
  }

  private int linkKnown(int ledger, StatementRow row, SourceAccountRow account) {
    List<UUID> file =
        statements.ofImport(ledger, row.importId()).stream().map(StatementRow::id).toList();
    return counting.linkKnown(
        ledger, row.id(), account.id(), file, counting.ordinals(ledger, file));
  }

  private List<StatementRow> before(int ledger, StatementRow row, UUID account) {
    Balance closing = row.closing();
    LocalDate through = closing == null ? null : closing.on();
    return statements.before(ledger, account, row.id(), through);
  }

  private static boolean continues(StatementRow row, StatementRow before) {
    return minorUnits(row.opening()) == minorUnits(before.closing());
  }

  private boolean continuesWithNewLines(int ledger, StatementRow row, List<StatementRow> before) {
    BigDecimal added = lines.sumOfNew(ledger, row.id());
    BigDecimal closing = BigDecimal.valueOf(minorUnits(row.closing()));
    return before.stream()
        .map(it -> BigDecimal.valueOf(minorUnits(it.closing())).add(added))
        .anyMatch(it -> it.compareTo(closing) == 0);
  }

  private static long minorUnits(@Nullable Balance balance) {
    if (balance == null) {
      throw new IllegalArgumentException("only statements with balances are compared");
    }
    return balance.minorUnits();
  }

  private void accept(int ledger, StatementRow row, SourceAccountRow account) {
    String bankAccount = row.bankAccount();
    if (bankAccount != null && account.bankAccount() == null) {
      sources.learn(ledger, account.id(), bankAccount);
    }
    counting.count(ledger, row.id(), account.id());
    statements.decide(ledger, row.id(), StatementState.ACCEPTED, account.id(), List.of(), null);
  }

  private void quarantine(
      int ledger, StatementRow row, @Nullable UUID account, Statement.Problem problem) {
    statements.decide(
        ledger, row.id(), StatementState.QUARANTINED, account, List.of(problem), null);
  }

  private static Statement.Problem unchained(StatementRow row, StatementRow before) {
    Money opening = new Money(minorUnits(row.opening()), row.currency());
    Money closing = new Money(minorUnits(before.closing()), row.currency());
    Balance closed = before.closing();
    return new Statement.Problem(
        StatementProblem.NOT_CHAINED,
        "The statement opens with %s, but the one before it closed with %s%s: a difference of %s. A statement between them is missing, or one of them is not complete."
            .formatted(
                opening,
                closing,
                closed == null || closed.on() == null ? "" : " on " + closed.on(),
                opening.minus(closing)));
  }

  private static Statement.Problem foreign(
      StatementRow row, String source, List<SourceAccountRow> accounts) {
    String known =
        String.join(
            ", ",
            accounts.stream()
                .map(
                    it ->
                        (it.bankAccount() == null ? "any account" : it.bankAccount())
                            + " in "
                            + it.currency())
                .toList());
    return new Statement.Problem(
        StatementProblem.FOREIGN_ACCOUNT,
        "The statement is for %s in %s; the source '%s' has %s."
            .formatted(
                row.bankAccount() == null ? "an unnamed account" : row.bankAccount(),
                row.currency(),
                source,
                known));
  }
}
