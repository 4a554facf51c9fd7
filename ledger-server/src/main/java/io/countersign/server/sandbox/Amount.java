package io.countersign.server.sandbox;

import java.math.BigDecimal;
import java.util.Currency;

/// An amount of money in the currency's minor unit.
record Amount(long minorUnits, String currency) {

  Amount of(long otherMinorUnits) {
    return new Amount(otherMinorUnits, currency);
  }

  boolean isPayable() {
    return minorUnits > 0 && fractionDigits() >= 0;
  }

  /// @return the amount in major units, such as `12.50`
  String inMajorUnits() {
    return BigDecimal.valueOf(minorUnits, Math.max(0, fractionDigits())).toPlainString();
  }

  /// @return -1 when ISO 4217 has no such currency, or one without a minor unit
  private int fractionDigits() {
    return Currency.getAvailableCurrencies().stream()
        .filter(known -> known.getCurrencyCode().equals(currency))
        .mapToInt(Currency::getDefaultFractionDigits)
        .findFirst()
        .orElse(-1);
  }
}
