package io.countersign.server.reconciliation.statement;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Field 61, one booked line: `YYMMDD[MMDD]mark[funds]amount[type][reference[//reference]]`.
///
/// @param amount signed, in major units
/// @param text what stands in the lines below the first
record Mt940Entry(
    BigDecimal amount,
    @Nullable LocalDate valueDate,
    String valueDateText,
    @Nullable LocalDate bookedOn,
    References references,
    String text) {

  // A mark is C, D, RC (a credit taken back: money out) or RD (a debit taken back: money in). A
  // letter behind it is the third letter of the currency ("funds code") and changes nothing, so DR
  // is a debit in EUR. SWIFT Standards MT, MT940, field 61, subfields 3 and 4.
  private static final Pattern FORM =
      Pattern.compile(
          "(?<value>\\d{6})(?<entry>\\d{4})?(?<mark>RC|RD|C|D)(?<funds>[A-Z])?\\s?(?<amount>[\\d,.]+)"
              + "(?<type>[A-Z][A-Z0-9]{3})?(?<rest>.*)");

  static Mt940Entry read(Mt940Fields.Field field) {
    Matcher parts = FORM.matcher(field.first().strip());
    if (!parts.matches()) {
      throw field
          .place()
          .unreadable(
              "':61:"
                  + Excerpt.of(field.first())
                  + "' is not a statement line. Fetch the file from the bank again.");
    }
    BigDecimal amount = DecimalText.swift(parts.group("amount"), field.place());
    boolean in = parts.group("mark").equals("C") || parts.group("mark").equals("RD");
    String value = parts.group("value");
    String entry = parts.group("entry");
    List<String> below = field.lines().subList(1, field.lines().size());
    return new Mt940Entry(
        in ? amount : amount.negate(),
        FileDay.sixDigits(value),
        value,
        entry == null ? null : FileDay.nearest(entry, value),
        references(parts.group("rest")),
        String.join(" ", below).strip());
  }

  private static References references(String rest) {
    References references = new References();
    int bank = rest.indexOf("//");
    references.add(bank < 0 ? rest : rest.substring(0, bank));
    references.add(bank < 0 ? null : rest.substring(bank + 2));
    return references;
  }
}
