package io.countersign.model.accounts;

import io.countersign.model.CurrencyCode;
import io.countersign.model.Immutable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `POST L/accounts`.
///
/// @param minimumBalance minor units on the account's normal side; null is unbounded
public record AccountRequest(
    String code,
    String name,
    AccountType type,
    CurrencyCode currency,
    @Nullable Long minimumBalance,
    @Nullable Map<String, @Nullable Object> metadata) {

  public AccountRequest {
    metadata = metadata == null ? null : Immutable.map(metadata);
  }
}
