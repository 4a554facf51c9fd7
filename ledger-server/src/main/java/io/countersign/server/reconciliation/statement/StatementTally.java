package io.countersign.server.reconciliation.statement;

import io.countersign.model.CurrencyCode;
import io.countersign.model.InvalidMoney;
import io.countersign.model.reconciliation.Settlement;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Adds up one statement while it is read, and says at its end what does not fit.
///
/// Sums are kept exact, in major units and without a limit, so that a difference is named truly
/// even where a single amount cannot be held.
final class StatementTally {

  private static final int PROBLEMS_MAX = 50;

  private final StatementFormat format;
  private final StatementSink.Open sink;
  private final Place start;
  private final List<StatementProblem> problems = new ArrayList<>();
  private BigDecimal sum = BigDecimal.ZERO;
  private int lines;
  private @Nullable LocalDate lastBooked;
  private final PayoutTally payouts = new PayoutTally();
  private @Nullable String accountId;
  private @Nullable String number;
  private @Nullable CurrencyCode currency;
  private @Nullable Stated opening;
  private @Nullable Stated closing;

  private record Stated(BigDecimal exact, Balance balance) {}

  StatementTally(StatementFormat format, StatementSink sink, Place start) {
    this.format = format;
    this.sink = sink.begin();
    this.start = start;
  }

  Place start() {
    return start;
  }

  void account(String id) {
    String bare = id.replaceAll("\\s", "");
    if (!bare.isEmpty() && accountId == null) {
      accountId = CleanText.of(bare);
    }
  }

  void number(String text) {
    if (number == null && !text.isBlank()) {
      number = CleanText.of(text.strip());
    }
  }

  /// The account's currency, where the file names it by itself.
  void currency(String code, Place place) {
    agree(known(code, place), "account");
  }

  void opening(BigDecimal amount, String code, @Nullable LocalDate on, Place place) {
    opening = stated(amount, code, on, place, "opening balance");
  }

  void closing(BigDecimal amount, String code, @Nullable LocalDate on, Place place) {
    closing = stated(amount, code, on, place, "closing balance");
  }

  boolean hasOpening() {
    return opening != null;
  }

  boolean hasClosing() {
    return closing != null;
  }

  @Nullable LocalDate openedOn() {
    return opening == null ? null : opening.balance.on();
  }

  CurrencyCode currencyOf(Place place) {
    if (currency == null) {
      throw place.unreadable(
          "The statement does not say in which currency it is. Ask the bank for a complete file.");
    }
    return currency;
  }

  /// Passes a line on and adds it up.
  ///
  /// @param amount signed, in major units
  void line(
      BigDecimal amount,
      String code,
      @Nullable LocalDate valueDate,
      @Nullable String valueDateText,
      @Nullable LocalDate bookedOn,
      List<String> references,
      String text,
      Place place) {
    lines++;
    CurrencyCode lineCurrency = known(code, place);
    agree(lineCurrency, "line " + lines);
    sum = sum.add(amount);
    sink.line(
        new ParsedLine(
            lines,
            valueDate,
            valueDateText == null ? null : CleanText.of(valueDateText),
            booked(bookedOn, valueDate),
            minorUnits(amount, lineCurrency, place, "line " + lines),
            lineCurrency,
            references.stream().map(CleanText::of).toList(),
            CleanText.of(text),
            null,
            null));
  }

  /// Passes an acquirer's line on and adds it up: gross − fee must be net, and the net amounts of a
  /// payout what was paid out.
  void settled(SettlementRow row) {
    lines++;
    CurrencyCode lineCurrency = known(row.currency(), row.place());
    agree(lineCurrency, "line " + lines);
    sum = sum.add(row.net());
    BigDecimal left = row.gross().subtract(row.fee());
    if (left.compareTo(row.net()) != 0) {
      problem(
          StatementProblem.NET_DIFFERS,
          "The line %d (line %d of the file) says gross %s, fee %s and net %s %s; gross less fee is %s: a difference of %s %s."
              .formatted(
                  lines,
                  row.place().line(),
                  plain(row.gross(), lineCurrency),
                  plain(row.fee(), lineCurrency),
                  plain(row.net(), lineCurrency),
                  lineCurrency,
                  plain(left, lineCurrency),
                  plain(row.net().subtract(left), lineCurrency),
                  lineCurrency));
    }
    payouts.add(row);
    String payout = row.payout() == null ? null : CleanText.of(row.payout());
    sink.line(
        new ParsedLine(
            lines,
            row.valueDate(),
            row.valueDateText() == null ? null : CleanText.of(row.valueDateText()),
            booked(row.bookedOn(), row.valueDate()),
            minorUnits(row.net(), lineCurrency, row.place(), "line " + lines),
            lineCurrency,
            row.references().stream().map(CleanText::of).toList(),
            CleanText.of(row.text()),
            row.key() == null ? null : CleanText.of(row.key()),
            new Settlement(
                row.type(),
                minorUnits(row.gross(), lineCurrency, row.place(), "gross of line " + lines),
                minorUnits(row.fee(), lineCurrency, row.place(), "fee of line " + lines),
                payout)));
  }

  private @Nullable LocalDate booked(@Nullable LocalDate bookedOn, @Nullable LocalDate valueDate) {
    LocalDate booked = bookedOn != null ? bookedOn : valueDate;
    if (booked != null && (lastBooked == null || booked.isAfter(lastBooked))) {
      lastBooked = booked;
    }
    return booked;
  }

  void end() {
    CurrencyCode known = currencyOf(start);
    checkSum(known);
    checkPayouts(known);
    sink.end(
        new ParsedStatement(
            format,
            withoutCurrency(known),
            number,
            known,
            opening == null ? null : opening.balance,
            closing == null ? null : closing.balance,
            lines,
            coveredThrough(),
            problems));
  }

  private @Nullable LocalDate coveredThrough() {
    LocalDate closed = closing == null ? null : closing.balance.on();
    return closed != null ? closed : lastBooked;
  }

  private void checkPayouts(CurrencyCode known) {
    PayoutTally.Difference differs = payouts.difference();
    if (differs != null) {
      problems.addFirst(
          new StatementProblem(
              StatementProblem.PAYOUT_DIFFERS,
              "The lines of the payout %s make %s %s together, but %s %s were paid out: a difference of %s %s."
                  .formatted(
                      Excerpt.of(differs.payout()),
                      plain(differs.sum(), known),
                      known,
                      plain(differs.paid(), known),
                      known,
                      plain(differs.paid().subtract(differs.sum()), known),
                      known)));
    }
  }

  // Some banks write the currency behind the IBAN in field 25 of an MT940.
  private @Nullable String withoutCurrency(CurrencyCode known) {
    if (accountId != null && accountId.matches("[A-Z]{2}\\d{2}[A-Z0-9]{8,30}" + known)) {
      return accountId.substring(0, accountId.length() - 3);
    }
    return accountId;
  }

  private void checkSum(CurrencyCode known) {
    boolean mixed =
        problems.stream().anyMatch(p -> p.code().equals(StatementProblem.MIXED_CURRENCIES));
    if (opening == null || closing == null || mixed) {
      return;
    }
    BigDecimal reached = opening.exact.add(sum);
    BigDecimal difference = closing.exact.subtract(reached);
    if (difference.signum() != 0) {
      problems.addFirst(
          new StatementProblem(
              StatementProblem.DOES_NOT_ADD_UP,
              "The opening balance of %s and %d lines of together %s make %s, but the closing balance is %s: a difference of %s %s."
                  .formatted(
                      plain(opening.exact, known),
                      lines,
                      plain(sum, known),
                      plain(reached, known),
                      plain(closing.exact, known),
                      plain(difference, known),
                      known)));
    }
  }

  private Stated stated(
      BigDecimal amount, String code, @Nullable LocalDate on, Place place, String what) {
    CurrencyCode balanceCurrency = known(code, place);
    agree(balanceCurrency, what);
    return new Stated(amount, new Balance(minorUnits(amount, balanceCurrency, place, what), on));
  }

  private void agree(CurrencyCode seen, String where) {
    if (currency == null) {
      currency = seen;
    } else if (!currency.equals(seen)) {
      problem(
          StatementProblem.MIXED_CURRENCIES,
          "The statement is in " + currency + ", but its " + where + " is in " + seen + ".");
    }
  }

  private long minorUnits(BigDecimal amount, CurrencyCode of, Place place, String where) {
    BigDecimal minor = amount.movePointRight(of.fractionDigits());
    BigDecimal whole = minor.setScale(0, RoundingMode.DOWN);
    if (whole.compareTo(minor) != 0) {
      problem(
          StatementProblem.AMOUNT_TOO_FINE,
          "The %s says %s %s, which is finer than the %d decimals of %s."
              .formatted(where, amount.toPlainString(), of, of.fractionDigits(), of));
    }
    if (whole.toBigInteger().bitLength() >= Long.SIZE) {
      throw place.unreadable(
          "The amount "
              + Excerpt.of(amount.toPlainString())
              + " is larger than any account can hold. Fetch the file from the bank again.");
    }
    return whole.longValueExact();
  }

  private void problem(String code, String detail) {
    problem(new StatementProblem(code, detail));
  }

  /// What the reader itself found wrong.
  void problem(StatementProblem found) {
    if (problems.size() < PROBLEMS_MAX) {
      problems.add(found);
    }
  }

  private static CurrencyCode known(String code, Place place) {
    try {
      return CurrencyCode.of(code);
    } catch (InvalidMoney e) {
      throw place.unreadable(
          "'"
              + Excerpt.of(code)
              + "' is not a currency of ISO 4217. Ask the bank for a correct file.");
    }
  }

  private static String plain(BigDecimal amount, CurrencyCode of) {
    int scale = Math.max(of.fractionDigits(), amount.stripTrailingZeros().scale());
    return amount.setScale(scale, RoundingMode.UNNECESSARY).toPlainString();
  }
}
