package io.countersign.server.accounts;

import io.countersign.model.CurrencyCode;
import io.countersign.model.UuidV7;
import io.countersign.model.accounts.AccountRequest;
import io.countersign.model.accounts.AccountType;
import io.countersign.server.testing.TestDatabase;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Charts of accounts for tests of other features.
public final class AccountsFixture {

  private AccountsFixture() {}

  public static Accounts accounts(TestDatabase database, Clock clock) {
    return new Accounts(
        new AccountStore(database.jdbc(), JsonMapper.shared()), new UuidV7(clock), clock);
  }

  public static Ledgers ledgers(TestDatabase database, Clock clock) {
    return new Ledgers(new LedgerStore(database.jdbc()), clock);
  }

  public static AccountRequest account(
      String code, AccountType type, String currency, @Nullable Long minimum) {
    return new AccountRequest(code, code, type, CurrencyCode.of(currency), minimum, null);
  }
}
