package io.countersign.console.testing;

import io.countersign.client.Books;
import io.countersign.client.Intent;
import io.countersign.client.LedgerClient;
import io.countersign.client.Query;
import io.countersign.client.Retries;
import io.countersign.model.CurrencyCode;
import io.countersign.model.Money;
import io.countersign.model.UuidV7;
import io.countersign.model.accounts.AccountRequest;
import io.countersign.model.accounts.AccountType;
import io.countersign.model.identity.SessionRequest;
import io.countersign.model.journal.TransferRequest;
import io.countersign.model.payments.Payment;
import io.countersign.model.payments.PaymentRequest;
import io.countersign.model.reconciliation.BusinessCalendar;
import io.countersign.model.reconciliation.SourceAccount;
import io.countersign.model.reconciliation.SourceKind;
import io.countersign.model.reconciliation.SourceRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What has happened on the real server before anybody sits down: laid through the API, as
/// integrators and administrators do.
public final class ThreadBooks implements AutoCloseable {

  public static final String SILENT_REFERENCE = "ORDER-20417";

  private static final CurrencyCode EUR = CurrencyCode.of("EUR");
  private static final String BANK = "bank:eur";
  private static final String MERCHANT = "merchants:bakery";
  private static final String STATEMENT = "mt940-rabobank-iban.txt";
  // Of a line in the statement, which names no reference of ours.
  private static final LocalDate DAY_OF_LINE = LocalDate.of(2013, 1, 1);

  private final Clock clock = Clock.systemUTC();
  private final UuidV7 ids = new UuidV7(clock);
  private final URI server;
  private final LedgerClient integrator;
  private final Books books;

  public ThreadBooks(URI server) {
    this.server = server;
    this.integrator = signedIn("integrator", Desk.PASSWORD);
    this.books = integrator.books("main");
  }

  public void lay() {
    open(BANK, "Operating account", AccountType.ASSET, null);
    open("capital", "Paid-in capital", AccountType.EQUITY, null);
    open(MERCHANT, "Corner bakery", AccountType.LIABILITY, 0L);
    open("wallets:anna", "Wallet of Anna", AccountType.LIABILITY, 0L);
    transfer(BANK, "capital", 1_000_000, "Capital paid in", "CAPITAL-1", DAY_OF_LINE.minusDays(1));
    transfer(BANK, "wallets:anna", 10_000, "Top-up of a wallet", "TOPUP-1", null);
    transfer("wallets:anna", BANK, 2_500, "Payout to Anna", "PAYOUT-1", DAY_OF_LINE);
    for (int number = 1; number <= 12; number++) {
      charge("tok_ok", 1_250 + number * 731L, "ORDER-" + (20_400 + number));
    }
    charge("tok_declined", 8_900, "ORDER-20416");
    charge("tok_silent", 12_345, SILENT_REFERENCE);
    try (LedgerClient administrator = signedIn("admin", RealServer.ADMINISTRATOR_PASSWORD);
        LedgerClient operator = signedIn("operator", Desk.PASSWORD)) {
      administrator
          .books("main")
          .reconciliation()
          .createSource(
              new SourceRequest(
                  "rabobank",
                  "Rabobank",
                  SourceKind.BANK,
                  List.of(new SourceAccount(EUR, BANK, null)),
                  1,
                  BusinessCalendar.TARGET,
                  "Europe/Amsterdam",
                  LocalTime.of(18, 0),
                  null,
                  null),
              fresh());
      operator.books("main").reconciliation().upload("rabobank", STATEMENT, file());
    }
  }

  /// The one payment that nobody answers for.
  public Payment silent() {
    return books
        .payments()
        .list(Query.ALL.with("reference", SILENT_REFERENCE).page(10, null))
        .items()
        .getFirst();
  }

  public Books books() {
    return books;
  }

  private void charge(String token, long minorUnits, String reference) {
    books
        .payments()
        .charge(
            new PaymentRequest(
                Money.of(minorUnits, "EUR"),
                MERCHANT,
                "sandbox",
                token,
                reference,
                "Bread and cake",
                null),
            fresh());
  }

  private void transfer(
      String from,
      String to,
      long minorUnits,
      String description,
      String reference,
      @Nullable LocalDate day) {
    books
        .journal()
        .transfer(
            new TransferRequest(
                from, to, Money.of(minorUnits, "EUR"), description, reference, day, null),
            fresh());
  }

  private void open(String code, String name, AccountType type, @Nullable Long floor) {
    books.accounts().open(new AccountRequest(code, name, type, EUR, floor, null), fresh());
  }

  private LedgerClient signedIn(String username, String password) {
    LedgerClient client = new LedgerClient(server, Retries.PATIENT, clock);
    client.signIn(new SessionRequest(username, password, null));
    return client;
  }

  private Intent fresh() {
    return Intent.fresh(ids);
  }

  private static byte[] file() {
    try (InputStream in =
        Objects.requireNonNull(
            ThreadBooks.class.getResourceAsStream("/statements/" + STATEMENT), STATEMENT)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The statement that has been read, under another name.
  public static Path statementFile() {
    try {
      return Files.write(Files.createTempFile("once-more", ".txt"), file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    integrator.close();
  }
}
