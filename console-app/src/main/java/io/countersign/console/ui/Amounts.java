package io.countersign.console.ui;

import io.countersign.model.CurrencyCode;
import io.countersign.model.Money;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Writes and reads amounts as the user's locale has them: `1,234.56` or `1.234,56`.
public final class Amounts {

  /// What was understood, or why nothing was.
  public sealed interface Reading {

    record Understood(Money money) implements Reading {}

    record Refused(String why) implements Reading {}
  }

  private final Locale locale;
  private final DecimalFormatSymbols symbols;

  public Amounts(Locale locale) {
    this.locale = locale;
    this.symbols = DecimalFormatSymbols.getInstance(locale);
  }

  /// Without the currency, with as many fraction digits as it has.
  public String number(Money money) {
    DecimalFormat format = (DecimalFormat) NumberFormat.getNumberInstance(locale);
    int digits = money.currency().fractionDigits();
    format.setMinimumFractionDigits(digits);
    format.setMaximumFractionDigits(digits);
    return format.format(money.inMajorUnits());
  }

  public String text(@Nullable Money money) {
    return money == null ? "" : number(money) + " " + money.currency();
  }

  /// With a sign always: what an account gains or loses.
  public String change(Money money) {
    return (money.minorUnits() > 0 ? "+" : "") + text(money);
  }

  public String count(long count) {
    return NumberFormat.getIntegerInstance(locale).format(count);
  }

  /// Reads what somebody typed. Refuses what could be meant two ways, is finer than the currency,
  /// or is not more than zero.
  public Reading read(String typed, CurrencyCode currency) {
    String text = typed.strip().replace('\u00a0', ' ').replace('\u202f', ' ');
    char decimal = symbols.getDecimalSeparator();
    String group = Pattern.quote(String.valueOf(plain(symbols.getGroupingSeparator())));
    String whole = "(\\d{1,3}(" + group + "\\d{3})+|\\d+)";
    if (!text.matches(whole + "(" + Pattern.quote(String.valueOf(decimal)) + "\\d+)?")) {
      return new Reading.Refused("Write an amount such as " + example(currency) + ".");
    }
    String digits = text.replaceAll(group, "").replace(decimal, '.');
    BigDecimal value = new BigDecimal(digits).stripTrailingZeros();
    if (value.scale() > currency.fractionDigits()) {
      return new Reading.Refused(
          currency + " has " + currency.fractionDigits() + " digits after the point, not more.");
    }
    BigDecimal minorUnits = value.movePointRight(currency.fractionDigits());
    if (minorUnits.signum() <= 0) {
      return new Reading.Refused("The amount must be more than zero.");
    }
    if (minorUnits.toBigInteger().bitLength() > Long.SIZE - 1) {
      return new Reading.Refused("That is more than can be booked.");
    }
    return new Reading.Understood(new Money(minorUnits.longValueExact(), currency));
  }

  private String example(CurrencyCode currency) {
    long units = 123456L;
    for (int digit = 2; digit < currency.fractionDigits(); digit++) {
      units *= 10;
    }
    return number(new Money(units, currency));
  }

  private static char plain(char separator) {
    return separator == '\u00a0' || separator == '\u202f' ? ' ' : separator;
  }
}
