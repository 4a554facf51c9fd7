package io.countersign.seal;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Comparator;

/// What a seal's entries come to on one account and accounting day, in one currency and layer.
///
/// @param account the account's code; empty for all accounts together
/// @param entries how many
/// @param debits minor units, positive
/// @param credits minor units, positive
public record AccountTotal(
    String account,
    LocalDate day,
    String currency,
    int layer,
    long entries,
    BigInteger debits,
    BigInteger credits) {

  /// The order of the leaves of a seal's tree of totals; the totals of all accounts come first.
  public static final Comparator<AccountTotal> ORDER =
      Comparator.comparing(AccountTotal::account)
          .thenComparing(AccountTotal::day)
          .thenComparing(AccountTotal::currency)
          .thenComparingInt(AccountTotal::layer);

  public byte[] canonical() {
    return CanonicalForm.of("total")
        .text(account)
        .day(day)
        .text(currency)
        .integer(layer)
        .integer(entries)
        .number(debits)
        .number(credits)
        .toBytes();
  }
}
