package io.countersign.server.reconciliation.statement;

import java.math.BigInteger;
import java.util.regex.Pattern;

/// Numbers in BAI2: whole, in the minor unit of the account's currency; no decimal point.
final class Bai2Amounts {

  private static final Pattern FORM = Pattern.compile("[+-]?\\d{1,30}");
  private static final Pattern COUNT = Pattern.compile("\\+?\\d{1,9}");

  private Bai2Amounts() {}

  static BigInteger signed(String text, Bai2Record record) {
    if (!FORM.matcher(text).matches()) {
      throw record
          .place()
          .unreadable(
              "'"
                  + Excerpt.of(text)
                  + "' in this record ("
                  + record.code()
                  + ") is not an amount: digits without a decimal point. Fetch the file from the"
                  + " bank again.");
    }
    return new BigInteger(text);
  }

  /// The amount of a detail record, whose type code alone says which way the money went.
  static BigInteger unsigned(String text, Bai2Record record) {
    BigInteger amount = signed(text, record);
    if (text.startsWith("-")) {
      throw record
          .place()
          .unreadable(
              "The detail record says "
                  + Excerpt.of(text)
                  + ", but its type code gives the direction: an amount below zero could mean"
                  + " either. Ask the bank for a correct file.");
    }
    return amount;
  }

  static int count(String text, Bai2Record record) {
    if (!COUNT.matcher(text).matches()) {
      throw record
          .place()
          .unreadable(
              "'"
                  + Excerpt.of(text)
                  + "' in this record ("
                  + record.code()
                  + ") is not a count. Fetch the file from the bank again.");
    }
    return Integer.parseInt(text);
  }
}
