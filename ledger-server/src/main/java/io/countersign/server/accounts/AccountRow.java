package io.countersign.server.accounts;

import io.countersign.model.CurrencyCode;
import io.countersign.model.accounts.Account;
import io.countersign.model.accounts.AccountStatus;
import io.countersign.model.accounts.AccountType;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An account as it is stored. Code, type, currency and floor never change; the status does, under
/// the journal's gate.
///
/// @param minimumBalance minor units on the normal side below which no entry may bring the
///   available balance; null is unbounded
public record AccountRow(
    UUID id,
    String code,
    String name,
    AccountType type,
    CurrencyCode currency,
    @Nullable Long minimumBalance,
    AccountStatus status,
    Map<String, @Nullable Object> metadata) {

  /// Whether debits raise the balance: assets and expenses. Credits raise all others.
  public boolean debitNormal() {
    return type == AccountType.ASSET || type == AccountType.EXPENSE;
  }

  public Account toModel() {
    return new Account(code, name, type, currency, status, minimumBalance, metadata);
  }
}
