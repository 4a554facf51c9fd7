package io.countersign.server.transfers;

import io.countersign.model.CurrencyCode;
import io.countersign.model.accounts.AccountType;
import io.countersign.server.accounts.Accounts;
import io.countersign.server.accounts.Ledger;
import org.springframework.stereotype.Component;

/// The account in which one ledger keeps what it owes another, per currency. Over both ledgers the
/// two balances sum to zero but for what is on its way.
@Component
class ClearingAccounts {

  private final Accounts accounts;

  ClearingAccounts(Accounts accounts) {
    this.accounts = accounts;
  }

  static String code(Ledger other, CurrencyCode currency) {
    return "clearing:"
        + other.code()
        + ":"
        + currency.toString().toLowerCase(java.util.Locale.ROOT);
  }

  /// Makes it at its first use, inside the caller's transaction.
  ///
  /// @return its code
  String ensure(Ledger in, Ledger other, CurrencyCode currency) {
    String code = code(other, currency);
    accounts.ensure(
        in.id(),
        code,
        "Owed to ledger " + other.code() + " in " + currency,
        AccountType.LIABILITY,
        currency);
    return code;
  }
}
