package io.countersign.server.journal;

import io.countersign.model.CurrencyCode;
import io.countersign.model.Money;
import io.countersign.model.accounts.AccountEntry;
import io.countersign.model.accounts.Balance;
import io.countersign.model.accounts.TrialBalance;
import io.countersign.model.id.TransactionId;
import io.countersign.model.journal.Direction;
import io.countersign.server.accounts.AccountRow;
import io.countersign.server.accounts.Accounts;
import io.countersign.server.api.Cursor;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.Page;
import java.math.BigInteger;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What stands on accounts: sums of entries, and nothing else.
@Component
public class Balances {

  // Earlier than every accounting day, and inside what PostgreSQL takes for a date.
  private static final LocalDate BEFORE_ALL = LocalDate.of(-4000, 1, 1);

  private final BalanceStore store;
  private final Accounts accounts;
  private final Clock clock;

  Balances(BalanceStore store, Accounts accounts, Clock clock) {
    this.store = store;
    this.accounts = accounts;
    this.clock = clock;
  }

  /// The balance at the end of an accounting day, with every acknowledged transaction in.
  ///
  /// @param effectiveOn null is today in the ledger's time zone
  /// @throws io.countersign.server.api.ProblemException 404 `account-not-found`
  public Balance balance(LedgerScope ledger, String code, @Nullable LocalDate effectiveOn) {
    AccountRow account = accounts.get(ledger.id(), code);
    LocalDate day = effectiveOn == null ? ledger.today(clock) : effectiveOn;
    BalanceStore.Sums sums = store.sums(ledger.id(), account.id(), day);
    BigInteger posted = onNormalSide(account, sums.posted());
    BigInteger pending = onNormalSide(account, sums.taken()).negate();
    return new Balance(
        account.code(),
        account.currency(),
        posted,
        pending,
        posted.subtract(pending),
        sums.sequence(),
        day,
        null);
  }

  /// What is posted on each of `codes` now, in minor units on the normal side; unknown codes are
  /// absent.
  public Map<String, BigInteger> posted(int ledger, List<String> codes) {
    Map<String, AccountRow> found = accounts.byCode(ledger, codes);
    Map<UUID, BigInteger> signed =
        store.postedOf(ledger, found.values().stream().map(AccountRow::id).toList());
    Map<String, BigInteger> posted = new TreeMap<>();
    found.forEach(
        (code, account) ->
            posted.put(
                code, onNormalSide(account, signed.getOrDefault(account.id(), BigInteger.ZERO))));
    return posted;
  }

  /// Every account that ever moved until the end of a day, by code, with its net debit or credit.
  TrialBalance trialBalance(LedgerScope ledger, @Nullable LocalDate effectiveOn) {
    LocalDate day = effectiveOn == null ? ledger.today(clock) : effectiveOn;
    Map<UUID, BigInteger> posted = store.postedOfAll(ledger.id(), day);
    Map<UUID, AccountRow> chart = accounts.byId(ledger.id(), posted.keySet());
    List<TrialBalance.Row> rows = new ArrayList<>();
    posted.forEach((id, signed) -> rows.add(row(Objects.requireNonNull(chart.get(id)), signed)));
    rows.sort(Comparator.comparing(TrialBalance.Row::account));
    Map<CurrencyCode, TrialBalance.Total> totals = new TreeMap<>();
    for (TrialBalance.Row row : rows) {
      totals.merge(
          row.currency(),
          new TrialBalance.Total(row.currency(), row.debit(), row.credit()),
          (one, other) ->
              new TrialBalance.Total(
                  one.currency(),
                  one.debit().add(other.debit()),
                  one.credit().add(other.credit())));
    }
    return new TrialBalance(rows, List.copyOf(totals.values()));
  }

  /// An account's entries by day and then by recording, each with the posted balance after it.
  Page<AccountEntry> statement(
      int ledger,
      String code,
      @Nullable LocalDate from,
      @Nullable LocalDate to,
      @Nullable String after,
      int limit) {
    AccountRow account = accounts.get(ledger, code);
    BalanceStore.Position start = start(from, after);
    BigInteger running = store.postedThrough(ledger, account.id(), start);
    List<AccountEntry> entries = new ArrayList<>();
    for (BalanceStore.StatementRow row :
        store.statement(ledger, account.id(), start, to, limit + 1)) {
      if (row.layer() == EntryLayer.POSTED) {
        running = running.add(BigInteger.valueOf(row.amount()));
      }
      entries.add(entry(account, row, running));
    }
    return Page.of(
        entries, limit, entry -> Cursor.of(entry.effectiveOn(), entry.sequence(), entry.line()));
  }

  private static BalanceStore.Position start(@Nullable LocalDate from, @Nullable String after) {
    if (after != null) {
      List<String> parts = Cursor.read(after, 3);
      return new BalanceStore.Position(
          LocalDate.parse(parts.get(0)),
          Long.parseLong(parts.get(1)),
          Integer.parseInt(parts.get(2)));
    }
    return new BalanceStore.Position(from == null ? BEFORE_ALL : from, 0, 0);
  }

  private static AccountEntry entry(
      AccountRow account, BalanceStore.StatementRow row, BigInteger running) {
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
        onNormalSide(account, running));
  }

  private static TrialBalance.Row row(AccountRow account, BigInteger signed) {
    return new TrialBalance.Row(
        account.code(),
        account.type(),
        account.currency(),
        signed.max(BigInteger.ZERO),
        signed.negate().max(BigInteger.ZERO));
  }

  private static BigInteger onNormalSide(AccountRow account, BigInteger signed) {
    return account.debitNormal() ? signed : signed.negate();
  }
}
