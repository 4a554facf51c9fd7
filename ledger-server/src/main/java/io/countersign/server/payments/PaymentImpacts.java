package io.countersign.server.payments;

import io.countersign.model.Money;
import io.countersign.model.approvals.Impact;
import io.countersign.server.accounts.AccountRow;
import io.countersign.server.accounts.Accounts;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.journal.Balances;
import java.math.BigInteger;
import java.util.List;
import org.springframework.stereotype.Component;

/// What proposals about payments would do to posted balances.
@Component
class PaymentImpacts {

  private static final BigInteger SMALLEST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

  private final Accounts accounts;
  private final Balances balances;

  PaymentImpacts(Accounts accounts, Balances balances) {
    this.accounts = accounts;
    this.balances = balances;
  }

  /// Of a debit of one account and a credit of another.
  List<Impact> of(LedgerScope ledger, String debited, String credited, Money amount) {
    return List.of(impact(ledger, debited, amount, true), impact(ledger, credited, amount, false));
  }

  private Impact impact(LedgerScope ledger, String code, Money amount, boolean debit) {
    AccountRow account = accounts.get(ledger.id(), code);
    BigInteger before = balances.balance(ledger, code, null).posted();
    BigInteger moved = BigInteger.valueOf(amount.minorUnits());
    BigInteger after = account.debitNormal() == debit ? before.add(moved) : before.subtract(moved);
    return new Impact(code, money(before, amount), money(after, amount));
  }

  // A sum of entries has no bound and the contract's money has one: at it the number stands still.
  private static Money money(BigInteger minorUnits, Money like) {
    return new Money(minorUnits.max(SMALLEST).min(LARGEST).longValueExact(), like.currency());
  }
}
