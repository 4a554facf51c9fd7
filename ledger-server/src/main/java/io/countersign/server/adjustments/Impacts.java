package io.countersign.server.adjustments;

import io.countersign.model.CurrencyCode;
import io.countersign.model.Money;
import io.countersign.model.approvals.Impact;
import io.countersign.model.journal.Direction;
import io.countersign.model.journal.EntryRequest;
import io.countersign.server.accounts.AccountRow;
import io.countersign.server.accounts.Accounts;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.journal.Balances;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/// What entries would do to posted balances, and how much they move.
@Component
public class Impacts {

  private static final BigInteger SMALLEST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

  private final Accounts accounts;
  private final Balances balances;

  Impacts(Accounts accounts, Balances balances) {
    this.accounts = accounts;
    this.balances = balances;
  }

  /// By account, on its normal side; accounts that do not exist are left out.
  public List<Impact> of(LedgerScope ledger, List<EntryRequest> entries) {
    Map<String, BigInteger> debits = new TreeMap<>();
    entries.forEach(it -> debits.merge(it.account(), signed(it), BigInteger::add));
    Map<String, AccountRow> chart = accounts.byCode(ledger.id(), debits.keySet());
    Map<String, BigInteger> posted = balances.posted(ledger.id(), List.copyOf(debits.keySet()));
    List<Impact> impacts = new ArrayList<>();
    debits.forEach(
        (code, debit) -> {
          AccountRow account = chart.get(code);
          if (account != null) {
            BigInteger before = posted.getOrDefault(code, BigInteger.ZERO);
            BigInteger after = before.add(account.debitNormal() ? debit : debit.negate());
            impacts.add(
                new Impact(
                    code, money(before, account.currency()), money(after, account.currency())));
          }
        });
    return impacts;
  }

  /// What counts against a limit: each debit, since debits and credits are equal.
  public static List<Money> amounts(List<EntryRequest> entries) {
    return entries.stream()
        .filter(it -> it.direction() == Direction.DEBIT)
        .map(EntryRequest::amount)
        .toList();
  }

  private static BigInteger signed(EntryRequest entry) {
    BigInteger amount = BigInteger.valueOf(entry.amount().minorUnits());
    return entry.direction() == Direction.DEBIT ? amount : amount.negate();
  }

  // A sum of entries has no bound and the contract's money has one: at it the number stands still.
  private static Money money(BigInteger minorUnits, CurrencyCode currency) {
    return new Money(minorUnits.max(SMALLEST).min(LARGEST).longValueExact(), currency);
  }
}
