package io.countersign.server.journal;

import io.countersign.model.CurrencyCode;
import io.countersign.model.accounts.Balance;
import io.countersign.model.accounts.TrialBalance;
import io.countersign.server.accounts.AccountRow;
import io.countersign.server.accounts.Accounts;
import io.countersign.server.api.LedgerScope;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
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
///
/// A question has two axes. The accounting day says which entries count; `knownAt` says how the
/// books stood. With it the answer is the same for ever: what was recorded at or before the
/// instant, to the microsecond. Without it every acknowledged transaction is in.
@Component
public class Balances {

  private final BalanceStore store;
  private final Watermarks watermarks;
  private final Accounts accounts;
  private final Clock clock;

  Balances(BalanceStore store, Watermarks watermarks, Accounts accounts, Clock clock) {
    this.store = store;
    this.watermarks = watermarks;
    this.accounts = accounts;
    this.clock = clock;
  }

  /// The balance at the end of an accounting day, with every acknowledged transaction in.
  ///
  /// @param effectiveOn null is today in the ledger's time zone
  /// @throws io.countersign.server.api.ProblemException 404 `account-not-found`
  public Balance balance(LedgerScope ledger, String code, @Nullable LocalDate effectiveOn) {
    return balance(ledger, code, effectiveOn, null);
  }

  /// The balance at the end of an accounting day, as known at an instant; not within a transaction,
  /// as it may have to take a watermark.
  ///
  /// @param effectiveOn null is the day of `knownAt`, or today, in the ledger's time zone
  /// @param knownAt null is now
  /// @throws io.countersign.server.api.ProblemException 404 `account-not-found`, 422 `invalid-time`
  ///   for a `knownAt` that is still to come
  Balance balance(
      LedgerScope ledger, String code, @Nullable LocalDate effectiveOn, @Nullable Instant knownAt) {
    AccountRow account = accounts.get(ledger.id(), code);
    Instant known = knownAt == null ? null : knownAt.truncatedTo(ChronoUnit.MICROS);
    LocalDate day = day(ledger, effectiveOn, known);
    Sums sums = store.sums(ledger.id(), account.id(), Days.bounded(day), asOf(ledger.id(), known));
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
        known);
  }

  /// What is posted on each of `codes` now, in minor units on the normal side; unknown codes are
  /// absent.
  public Map<String, BigInteger> posted(int ledger, List<String> codes) {
    List<AccountRow> found = List.copyOf(accounts.byCode(ledger, codes).values());
    List<Sums> sums =
        store.sums(
            ledger,
            found.stream()
                .map(it -> new BalanceStore.Asked(it.id(), Days.LAST, AsOf.NOW.through()))
                .toList(),
            AsOf.NOW);
    Map<String, BigInteger> posted = new TreeMap<>();
    for (int i = 0; i < found.size(); i++) {
      posted.put(found.get(i).code(), onNormalSide(found.get(i), sums.get(i).posted()));
    }
    return posted;
  }

  /// Every account that moved until the end of a day, by code, with its net debit or credit.
  /// Reversed pairs stay in. Not within a transaction, as it may have to take a watermark.
  ///
  /// @throws io.countersign.server.api.ProblemException 422 `invalid-time` for a `knownAt` that is
  ///   still to come
  TrialBalance trialBalance(
      LedgerScope ledger, @Nullable LocalDate effectiveOn, @Nullable Instant knownAt) {
    Instant known = knownAt == null ? null : knownAt.truncatedTo(ChronoUnit.MICROS);
    LocalDate day = Days.bounded(day(ledger, effectiveOn, known));
    Map<UUID, Sums> sums = store.sumsOfAll(ledger.id(), day, asOf(ledger.id(), known));
    Map<UUID, AccountRow> chart = accounts.byId(ledger.id(), sums.keySet());
    List<TrialBalance.Row> rows = new ArrayList<>();
    sums.forEach(
        (id, moved) -> rows.add(row(Objects.requireNonNull(chart.get(id)), moved.posted())));
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

  // Nothing is post-dated, so the day of the instant has all that was known then; today would not
  // give the same answer tomorrow.
  private LocalDate day(
      LedgerScope ledger, @Nullable LocalDate effectiveOn, @Nullable Instant knownAt) {
    if (effectiveOn != null) {
      return effectiveOn;
    }
    return knownAt == null
        ? ledger.today(clock)
        : LocalDate.ofInstant(Days.bounded(knownAt), ledger.timeZone());
  }

  private AsOf asOf(int ledger, @Nullable Instant knownAt) {
    if (knownAt == null) {
      return AsOf.NOW;
    }
    Instant known = Days.bounded(knownAt);
    return AsOf.at(known, watermarks.covering(ledger, known));
  }

  private static TrialBalance.Row row(AccountRow account, BigInteger signed) {
    return new TrialBalance.Row(
        account.code(),
        account.type(),
        account.currency(),
        signed.max(BigInteger.ZERO),
        signed.negate().max(BigInteger.ZERO));
  }

  static BigInteger onNormalSide(AccountRow account, BigInteger signed) {
    return account.debitNormal() ? signed : signed.negate();
  }
}
