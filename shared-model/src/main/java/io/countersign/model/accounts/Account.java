package io.countersign.model.accounts;

import io.countersign.model.CurrencyCode;
import io.countersign.model.Immutable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An account of the chart.
///
/// @param minimumBalance minor units on the normal side; null is unbounded
public record Account(
    String code,
    String name,
    AccountType type,
    CurrencyCode currency,
    AccountStatus status,
    @Nullable Long minimumBalance,
    @Nullable Map<String, @Nullable Object> metadata) {

  public Account {
    metadata = metadata == null ? null : Immutable.map(metadata);
  }
}
