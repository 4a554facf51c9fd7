package io.countersign.model.accounts;

import io.countersign.model.CurrencyCode;
import io.countersign.model.Immutable;
import java.math.BigInteger;
import java.util.List;

/// Every account's debits and credits; per currency their totals are equal.
public record TrialBalance(List<Row> rows, List<Total> totals) {

  public TrialBalance {
    rows = Immutable.list(rows);
    totals = Immutable.list(totals);
  }

  /// Minor units.
  public record Row(
      String account,
      AccountType type,
      CurrencyCode currency,
      BigInteger debit,
      BigInteger credit) {}

  /// Minor units.
  public record Total(CurrencyCode currency, BigInteger debit, BigInteger credit) {}
}
