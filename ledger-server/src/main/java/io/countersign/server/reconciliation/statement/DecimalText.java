package io.countersign.server.reconciliation.statement;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/// Amounts as files spell them. Nothing is guessed: what could be read two ways is refused.
final class DecimalText {

  // XML Schema decimals; bounded, so that absurd exponents and digits never become numbers.
  private static final Pattern XML =
      Pattern.compile("[+-]?(\\d{1,30}(\\.\\d{0,20})?|\\.\\d{1,20})");

  // SWIFT writes 1234,5 (Standards MT, format "d"). Some banks write 1.234,50 or 1234.50; a dot
  // before three digits alone could mean either and is refused.
  private static final Pattern SWIFT =
      Pattern.compile(
          "\\d{1,30}(,\\d{0,20})?|\\d{1,3}(\\.\\d{3}){1,8},\\d{0,20}|\\d{1,30}\\.\\d{1,2}|,\\d{1,20}");

  // Tables of acquirers: 1234.5, with the comma that can be asked for 1234,50, and 1,234.50. A
  // comma
  // before three digits alone could mean either and is refused.
  private static final Pattern TABLE =
      Pattern.compile(
          "[+-]?(\\d{1,30}(\\.\\d{0,20})?|\\.\\d{1,20}|\\d{1,30},\\d{1,2}|\\d{1,3}(,\\d{3}){1,8}\\.\\d{1,20})");

  private DecimalText() {}

  static BigDecimal xml(String text, Place place) {
    String trimmed = text.strip();
    if (!XML.matcher(trimmed).matches()) {
      throw notAnAmount(trimmed, place);
    }
    return new BigDecimal(trimmed);
  }

  static BigDecimal swift(String text, Place place) {
    if (!SWIFT.matcher(text).matches()) {
      throw notAnAmount(text, place);
    }
    boolean comma = text.indexOf(',') >= 0;
    String digits = comma ? text.replace(".", "").replace(',', '.') : text;
    return new BigDecimal(digits);
  }

  static BigDecimal table(String text, Place place) {
    if (!TABLE.matcher(text).matches()) {
      throw notAnAmount(text, place);
    }
    boolean pointed = text.indexOf('.') >= 0;
    return new BigDecimal(pointed ? text.replace(",", "") : text.replace(',', '.'));
  }

  private static UnreadableStatement notAnAmount(String text, Place place) {
    return place.unreadable(
        "'" + Excerpt.of(text) + "' is not an amount. Fetch the file from the bank again.");
  }
}
