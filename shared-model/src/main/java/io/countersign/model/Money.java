package io.countersign.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.math.BigDecimal;
import tools.jackson.databind.annotation.JsonDeserialize;

/// An exact amount: a signed 64-bit integer of the currency's ISO 4217 minor unit (cents for EUR).
///
/// The sign is kept; whether zero or a negative amount is allowed is for the place that takes it to
/// say. Arithmetic refuses to overflow or to mix currencies.
@JsonDeserialize(using = MoneyDeserializer.class)
public record Money(long minorUnits, CurrencyCode currency) {

  public static Money of(long minorUnits, String currency) {
    return new Money(minorUnits, CurrencyCode.of(currency));
  }

  /// @throws CurrencyMismatch when the currencies differ
  /// @throws ArithmeticException when the sum does not fit 64 bits
  public Money plus(Money other) {
    requireSameCurrency(other);
    return new Money(Math.addExact(minorUnits, other.minorUnits), currency);
  }

  /// @throws CurrencyMismatch when the currencies differ
  /// @throws ArithmeticException when the difference does not fit 64 bits
  public Money minus(Money other) {
    requireSameCurrency(other);
    return new Money(Math.subtractExact(minorUnits, other.minorUnits), currency);
  }

  public Money negated() {
    return new Money(Math.negateExact(minorUnits), currency);
  }

  // Ignored, or it would be a third field on the wire.
  @JsonIgnore
  public boolean isPositive() {
    return minorUnits > 0;
  }

  /// The amount in major units, exact: `1250` minor units of EUR are `12.50`.
  public BigDecimal inMajorUnits() {
    return BigDecimal.valueOf(minorUnits, currency.fractionDigits());
  }

  @Override
  public String toString() {
    return inMajorUnits().toPlainString() + " " + currency;
  }

  private void requireSameCurrency(Money other) {
    if (!currency.equals(other.currency)) {
      throw new CurrencyMismatch(this, other);
    }
  }
}
