package io.countersign.server.reconciliation.statement;

import io.countersign.model.CurrencyCode;
import io.countersign.model.InvalidMoney;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;

/// How many decimals Stripe's whole numbers have: those of ISO 4217, but for three currencies
/// (docs.stripe.com/currencies, "Zero-decimal currencies" and "Special cases").
final class StripeUnits {

  private static final Map<String, Integer> OTHER = Map.of("ISK", 2, "UGX", 2, "MGA", 0);

  private StripeUnits() {}

  static String currency(TableRow row) {
    String text = row.text("currency").toUpperCase(Locale.ROOT);
    decimals(text, row.place("currency"));
    return text;
  }

  /// An amount in major units from one in Stripe's minor units.
  static BigDecimal minor(TableRow row, String currency, String column) {
    String text = row.text(column);
    Place place = row.place(column);
    if (!text.matches("[+-]?\\d{1,30}")) {
      throw place.unreadable(
          "'"
              + Excerpt.of(text)
              + "' is not a whole number, as amounts before it in this table are (minor units)."
              + " Export the table again.");
    }
    return new BigDecimal(text).movePointLeft(decimals(currency, place));
  }

  private static int decimals(String currency, Place place) {
    try {
      int iso = CurrencyCode.of(currency).fractionDigits();
      return OTHER.getOrDefault(currency, iso);
    } catch (InvalidMoney e) {
      throw place.unreadable(
          "'" + Excerpt.of(currency) + "' is not a currency of ISO 4217. Export the table again.");
    }
  }
}
