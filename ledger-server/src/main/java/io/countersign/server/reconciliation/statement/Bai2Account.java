package io.countersign.server.reconciliation.statement;

import io.countersign.model.CurrencyCode;
import io.countersign.model.InvalidMoney;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One account of a BAI2 file, from its identifier (03) to its trailer (49).
///
/// Its statement ends only with the file, whose trailers may say that something is wrong with it.
final class Bai2Account {

  private static final String OPENING_LEDGER = "010";
  private static final String CLOSING_LEDGER = "015";
  private static final Pattern NAMED_REFERENCE =
      Pattern.compile("(?:EREF|CREF|KREF|IREF|CHKN)\\s*:\\s*(\\S.*)");

  private final StatementTally statement;
  private final Bai2Control control = new Bai2Control("account", "details");
  private final CurrencyCode currency;
  private final @Nullable LocalDate asOf;

  /// Reads the identifier and its balances.
  ///
  /// @param groupCurrency what the account is in when it does not say so itself
  Bai2Account(
      Bai2Record identifier,
      String groupCurrency,
      @Nullable LocalDate asOf,
      String number,
      StatementSink sink) {
    this.statement = new StatementTally(StatementFormat.BAI2, sink, identifier.place());
    this.asOf = asOf;
    statement.account(identifier.next());
    statement.number(number);
    String own = identifier.next();
    this.currency = known(own.isEmpty() ? groupCurrency : own, identifier.place());
    statement.currency(currency.toString(), identifier.place());
    control.records(identifier.physical());
    while (identifier.hasNext()) {
      summary(identifier);
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

  // Type code, amount, item count, funds type: the bank's sums, of which only the booked balances
  // are needed; all count for the control total.
  private void summary(Bai2Record identifier) {
    String type = identifier.next();
    String text = identifier.next();
    identifier.next();
    Bai2Funds.read(identifier, asOf);
    if (text.isEmpty()) {
      return;
    }
    BigInteger amount = Bai2Amounts.signed(text, identifier);
    control.add(amount);
    if (type.equals(OPENING_LEDGER) && !statement.hasOpening()) {
      statement.opening(major(amount), currency.toString(), asOf, identifier.place());
    } else if (type.equals(CLOSING_LEDGER) && !statement.hasClosing()) {
      statement.closing(major(amount), currency.toString(), asOf, identifier.place());
    }
  }

  private BigDecimal major(BigInteger amount) {
    return new BigDecimal(amount, currency.fractionDigits());
  }

  /// A detail record (16): type code, amount, funds type, the bank's reference, the customer's,
  /// text.
  void detail(Bai2Record detail) {
    control.records(detail.physical());
    Bai2Type type = Bai2Type.of(detail.next(), detail.place());
    String text = detail.next();
    BigInteger amount =
        text.isEmpty() && type == Bai2Type.INFORMATION
            ? BigInteger.ZERO
            : Bai2Amounts.unsigned(text, detail);
    control.add(amount);
    Bai2Funds funds = Bai2Funds.read(detail, asOf);
    if (type == Bai2Type.INFORMATION) {
      return;
    }
    References references = new References();
    references.add(detail.next());
    references.add(detail.next());
    List<String> words = detail.rest();
    for (String word : words) {
      Matcher named = NAMED_REFERENCE.matcher(word);
      references.add(named.matches() ? named.group(1) : null);
    }
    statement.line(
        major(type == Bai2Type.CREDIT ? amount : amount.negate()),
        currency.toString(),
        funds.valueDate(),
        funds.valueDateText(),
        asOf,
        references.all(),
        String.join(" ", words),
        detail.place());
  }

  /// Reads the trailer.
  ///
  /// @return the total that it states
  BigInteger close(Bai2Record trailer) {
    control.records(trailer.physical());
    List<StatementProblem> problems = new ArrayList<>();
    BigInteger total = control.check(trailer, false, problems);
    problems.forEach(statement::problem);
    return total;
  }

  int records() {
    return control.records();
  }

  /// Delivers the statement.
  ///
  /// @param problems of its group and file
  void end(List<StatementProblem> problems) {
    problems.forEach(statement::problem);
    statement.end();
  }
}
