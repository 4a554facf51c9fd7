package io.countersign.server.journal;

import io.countersign.model.Money;
import io.countersign.model.accounts.AccountEntry;
import io.countersign.model.id.TransactionId;
import io.countersign.model.journal.Direction;
import io.countersign.server.accounts.AccountRow;
import io.countersign.server.accounts.Accounts;
import io.countersign.server.api.Cursor;
import io.countersign.server.api.Page;
import io.countersign.server.api.QueryValues;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What moved on an account: its entries by day and then by recording, each with the posted balance
/// after it. Any page costs the same.
@Component
class AccountStatements {

  private final AccountStatementStore store;
  private final BalanceStore balances;
  private final Accounts accounts;

  AccountStatements(AccountStatementStore store, BalanceStore balances, Accounts accounts) {
    this.store = store;
    this.balances = balances;
    this.accounts = accounts;
  }

  /// @param from the first day; null = the account's first
  /// @param to the last day; null = its last
  /// @throws io.countersign.server.api.ProblemException 404 `account-not-found`, 400
  ///   `invalid-request` for a cursor that is none
  Page<AccountEntry> page(
      int ledger,
      String code,
      @Nullable LocalDate from,
      @Nullable LocalDate to,
      @Nullable String after,
      int limit) {
    AccountRow account = accounts.get(ledger, code);
    AccountStatementStore.Position start = start(from, after);
    LocalDate last = to == null ? Days.LAST : Days.bounded(to);
    BigInteger running = posted(ledger, account, start);
    List<AccountEntry> entries = new ArrayList<>();
    for (AccountStatementStore.Row row : store.page(ledger, account.id(), start, last, limit + 1)) {
      if (row.layer() == EntryLayer.POSTED) {
        running = running.add(BigInteger.valueOf(row.amount()));
      }
      entries.add(entry(account, row, running));
    }
    return Page.of(
        entries, limit, entry -> Cursor.of(entry.effectiveOn(), entry.sequence(), entry.line()));
  }

  // All earlier days, and of the day itself what has a lower sequence: that is the whole of the day
  // as of that sequence, less the earlier days as of it. Three balances, and no sum over a day.
  private BigInteger posted(
      int ledger, AccountRow account, AccountStatementStore.Position position) {
    LocalDate before = position.effectiveOn().minusDays(1);
    long lower = position.sequence() - 1;
    List<Sums> sums =
        balances.sums(
            ledger,
            List.of(
                new BalanceStore.Asked(account.id(), before, AsOf.NOW.through()),
                new BalanceStore.Asked(account.id(), position.effectiveOn(), lower),
                new BalanceStore.Asked(account.id(), before, lower)),
            AsOf.NOW);
    return sums.get(0)
        .posted()
        .add(sums.get(1).posted())
        .subtract(sums.get(2).posted())
        .add(store.postedUpToLine(ledger, account.id(), position));
  }

  private static AccountStatementStore.Position start(
      @Nullable LocalDate from, @Nullable String after) {
    AccountStatementStore.Position last =
        QueryValues.optional("after", after, AccountStatements::position);
    return last == null
        ? new AccountStatementStore.Position(from == null ? Days.FIRST : Days.bounded(from), 0, 0)
        : last;
  }

  private static AccountStatementStore.Position position(String cursor) {
    List<String> parts = Cursor.read(cursor, 3);
    long sequence = Long.parseLong(parts.get(1));
    if (sequence < 1) {
      throw new IllegalArgumentException(cursor);
    }
    return new AccountStatementStore.Position(
        Days.bounded(LocalDate.parse(parts.get(0))), sequence, Integer.parseInt(parts.get(2)));
  }

  private static AccountEntry entry(
      AccountRow account, AccountStatementStore.Row row, BigInteger running) {
    return new AccountEntry(
        new TransactionId(row.transaction()),
        row.position().sequence(),
        row.position().line(),
        row.position().effectiveOn(),
        row.recordedAt(),
        row.description(),
        row.amount() > 0 ? Direction.DEBIT : Direction.CREDIT,
        new Money(Math.absExact(row.amount()), account.currency()),
        row.layer().toModel(),
        Balances.onNormalSide(account, running));
  }
}
