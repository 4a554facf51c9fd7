package io.countersign.demo;

import io.countersign.client.Books;
import io.countersign.client.ProblemAnswer;
import io.countersign.model.CurrencyCode;
import io.countersign.model.accounts.AccountRequest;
import io.countersign.model.accounts.AccountType;
import io.countersign.model.reconciliation.BusinessCalendar;
import io.countersign.model.reconciliation.SourceAccount;
import io.countersign.model.reconciliation.SourceKind;
import io.countersign.model.reconciliation.SourceRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Statements: the month of the operating account with a few planted drifts, and the real files.
final class StatementsLoader {

  private static final String HOUSE_BANK = "house-bank";
  private static final String IBAN = "DE02120300000000202051";

  // Where, counted in days of the month, the bank and the books disagree.
  private static final int DAY_OF_WRONG_AMOUNT = 6;
  private static final int DAY_OF_UNKNOWN_CREDIT = 11;
  private static final int DAY_OF_FORGOTTEN_LINE = 16;
  private static final int DAY_OF_DOUBLED_LINE = 21;

  private record RealFile(String source, String name, String currency, String file) {}

  private static final List<RealFile> REAL_FILES =
      List.of(
          new RealFile("rabobank", "Rabobank, MT940", "EUR", "mt940-rabobank-iban.txt"),
          new RealFile("abn-amro", "ABN AMRO, MT940 cut short", "EUR", "mt940-abnamro.txt"),
          new RealFile("sparkasse", "A value date of 30 February", "EUR", "mt940-february-30.sta"),
          new RealFile(
              "company-bvba", "Two camt.053 statements", "EUR", "camt053-v2-multi-statement.xml"),
          new RealFile(
              "finpetrol", "ISO 20022 example, SEK", "SEK", "camt053-v4-iso-business-sample.xml"));

  private final Books asAdministrator;
  private final Books asOperator;
  private final Books books;
  private final Month month;

  StatementsLoader(Books asAdministrator, Books asOperator, Books books, Month month) {
    this.asAdministrator = asAdministrator;
    this.asOperator = asOperator;
    this.books = books;
    this.month = month;
  }

  int importMonth() {
    createSource(HOUSE_BANK, "House bank", CurrencyCode.of("EUR"), Month.BANK);
    long balance = 0;
    List<LocalDate> days = month.days();
    for (int number = 0; number < days.size(); number++) {
      LocalDate day = days.get(number);
      BankStatement statement =
          new BankStatement(IBAN, CurrencyCode.of("EUR"), day, balance, lines(number, day));
      upload(HOUSE_BANK, "statement-" + day + ".xml", statement.toXml());
      balance = statement.closingMinorUnits();
    }
    return days.size();
  }

  int importRealFiles() {
    for (RealFile real : REAL_FILES) {
      String account = "bank:samples:" + real.source();
      CurrencyCode currency = CurrencyCode.of(real.currency());
      MonthLoader.open(
          books,
          month,
          new AccountRequest(account, real.name(), AccountType.ASSET, currency, null, null));
      createSource(real.source(), real.name(), currency, account);
      upload(real.source(), real.file(), bytes(real.file()));
    }
    return REAL_FILES.size();
  }

  private List<BankStatement.Line> lines(int number, LocalDate day) {
    List<BankStatement.Line> lines = new ArrayList<>();
    for (Month.Movement movement : month.on(day)) {
      if (movement.throughBank()) {
        lines.add(new BankStatement.Line(movement.reference(), movement.atBank(), movement.text()));
      }
    }
    BankStatement.Line last = lines.getLast();
    switch (number) {
      case DAY_OF_WRONG_AMOUNT ->
          lines.set(
              lines.size() - 1,
              new BankStatement.Line(last.reference(), last.minorUnits() + 100, last.text()));
      case DAY_OF_UNKNOWN_CREDIT ->
          lines.add(new BankStatement.Line("UNKNOWN-SENDER-77", 18_250, "Invoice 2041"));
      case DAY_OF_FORGOTTEN_LINE -> lines.removeLast();
      case DAY_OF_DOUBLED_LINE -> lines.add(last);
      default -> {
        // The bank and the books agree.
      }
    }
    return lines;
  }

  private void createSource(String code, String name, CurrencyCode currency, String account) {
    SourceRequest source =
        new SourceRequest(
            code,
            name,
            SourceKind.BANK,
            List.of(new SourceAccount(currency, account, null)),
            1,
            BusinessCalendar.WEEKDAYS,
            "UTC",
            LocalTime.of(18, 0),
            null,
            null);
    try {
      asAdministrator.reconciliation().createSource(source, month.intent("source-" + code));
    } catch (ProblemAnswer answer) {
      // Left by an earlier load that was interrupted.
      if (answer.status() != 409) {
        throw answer;
      }
    }
  }

  private void upload(String source, String fileName, byte[] file) {
    asOperator.reconciliation().upload(source, fileName, file);
  }

  private static byte[] bytes(String file) {
    try (InputStream in =
        Objects.requireNonNull(
            StatementsLoader.class.getResourceAsStream("statements/" + file), file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
