package io.countersign.model;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/// Reads `{"minorUnits": 1250, "currency": "EUR"}` and nothing looser.
///
/// A string or a fraction is a malformed request; an integer past 64 bits or an unknown currency is
/// an [InvalidMoney], which callers are told apart (`docs/api.md`, section 1).
final class MoneyDeserializer extends ValueDeserializer<Money> {

  @Override
  public Money deserialize(JsonParser parser, DeserializationContext context) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return context.reportInputMismatch(
          Money.class, "an amount is an object {\"minorUnits\": integer, \"currency\": code}");
    }
    BigInteger minorUnits = null;
    String currency = null;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "minorUnits" -> {
          if (value != JsonToken.VALUE_NUMBER_INT) {
            return context.reportInputMismatch(
                Money.class, "minorUnits must be a JSON integer, without quotes or fraction");
          }
          minorUnits = parser.getBigIntegerValue();
        }
        case "currency" -> {
          if (value != JsonToken.VALUE_STRING) {
            return context.reportInputMismatch(Money.class, "currency must be a JSON string");
          }
          currency = parser.getString();
        }
        default -> {
          return context.reportInputMismatch(Money.class, "unknown field '%s' in an amount", name);
        }
      }
    }
    return money(context, minorUnits, currency);
  }

  private static Money money(
      DeserializationContext context, @Nullable BigInteger minorUnits, @Nullable String currency) {
    if (minorUnits == null || currency == null) {
      return context.reportInputMismatch(
          Money.class, "an amount needs both minorUnits and currency");
    }
    if (minorUnits.bitLength() > Long.SIZE - 1) {
      throw new InvalidMoney(minorUnits + " does not fit a signed 64-bit integer of minor units");
    }
    return new Money(minorUnits.longValue(), CurrencyCode.of(currency));
  }
}
