package io.countersign.server.payments.provider;

import io.countersign.model.CurrencyCode;
import io.countersign.model.InvalidMoney;
import io.countersign.model.Money;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Money as Stripe counts it: in the minor unit of ISO 4217, but for three currencies
/// (docs.stripe.com/currencies, "Zero-decimal currencies" and "Special cases").
final class StripeAmount {

  /// ISO has no minor unit for these; Stripe wants two decimals that are zero.
  private static final Map<String, Long> TIMES = Map.of("ISK", 100L, "UGX", 100L);

  /// ISO has two decimals for it; Stripe has none.
  private static final Map<String, Long> PARTS = Map.of("MGA", 100L);

  private StripeAmount() {}

  static String currency(Money money) {
    return money.currency().toString().toLowerCase(Locale.ROOT);
  }

  /// @return empty when Stripe cannot say this amount
  static OptionalLong of(Money money) {
    String currency = money.currency().toString();
    long parts = PARTS.getOrDefault(currency, 1L);
    long times = TIMES.getOrDefault(currency, 1L);
    boolean sayable =
        money.minorUnits() % parts == 0 && money.minorUnits() <= Long.MAX_VALUE / times;
    return sayable ? OptionalLong.of(money.minorUnits() / parts * times) : OptionalLong.empty();
  }

  /// @return empty for what is no amount, or none that ISO 4217 can say
  static Optional<Money> money(@Nullable Long amount, @Nullable String currency) {
    if (amount == null || currency == null) {
      return Optional.empty();
    }
    String code = currency.toUpperCase(Locale.ROOT);
    long times = TIMES.getOrDefault(code, 1L);
    long parts = PARTS.getOrDefault(code, 1L);
    try {
      return amount % times == 0
          ? Optional.of(new Money(Math.multiplyExact(amount / times, parts), CurrencyCode.of(code)))
          : Optional.empty();
    } catch (InvalidMoney | ArithmeticException unsayable) {
      return Optional.empty();
    }
  }

  static boolean isSame(Money money, @Nullable Long amount, @Nullable String currency) {
    return money(amount, currency).equals(Optional.of(money));
  }
}
