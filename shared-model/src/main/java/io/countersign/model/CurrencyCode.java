package io.countersign.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;

/// An ISO 4217 currency that has a minor unit, such as `EUR` (2 digits) or `JPY` (0 digits).
///
/// Codes that ISO 4217 lists without a minor unit (gold, test codes) cannot hold an amount and are
/// unknown here.
public final class CurrencyCode implements Comparable<CurrencyCode> {

  private static final Map<String, CurrencyCode> KNOWN = known();

  private final String code;
  private final int fractionDigits;

  private CurrencyCode(String code, int fractionDigits) {
    this.code = code;
    this.fractionDigits = fractionDigits;
  }

  private static Map<String, CurrencyCode> known() {
    Map<String, CurrencyCode> known = new HashMap<>();
    for (Currency currency : Currency.getAvailableCurrencies()) {
      int digits = currency.getDefaultFractionDigits();
      if (digits >= 0) {
        known.put(currency.getCurrencyCode(), new CurrencyCode(currency.getCurrencyCode(), digits));
      }
    }
    return Map.copyOf(known);
  }

  /// @throws InvalidMoney when ISO 4217 knows no such currency with a minor unit
  @JsonCreator
  public static CurrencyCode of(String code) {
    CurrencyCode known = KNOWN.get(code);
    if (known == null) {
      throw new InvalidMoney(
          "'" + code + "' is not a currency of ISO 4217; use a three-letter code such as EUR");
    }
    return known;
  }

  /// How many digits of the major unit the minor unit has: 2 for EUR, 0 for JPY, 3 for KWD.
  public int fractionDigits() {
    return fractionDigits;
  }

  @JsonValue
  @Override
  public String toString() {
    return code;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CurrencyCode that && that.code.equals(code);
  }

  @Override
  public int hashCode() {
    return code.hashCode();
  }

  @Override
  public int compareTo(CurrencyCode other) {
    return code.compareTo(other.code);
  }
}
