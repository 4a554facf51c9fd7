package io.countersign.console.testing;

import io.countersign.console.testing.StandInServer.Asked;
import io.countersign.console.testing.StandInServer.Told;
import io.countersign.model.CurrencyCode;
import io.countersign.model.Money;
import io.countersign.model.Page;
import io.countersign.model.Relation;
import io.countersign.model.id.TransactionId;
import io.countersign.model.identity.Grant;
import io.countersign.model.identity.Limit;
import io.countersign.model.identity.Profile;
import io.countersign.model.identity.Role;
import io.countersign.model.identity.Session;
import io.countersign.model.journal.Direction;
import io.countersign.model.journal.Entry;
import io.countersign.model.journal.Layer;
import io.countersign.model.journal.Transaction;
import io.countersign.model.journal.TransactionKind;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Books as the contract shows them, for a stand-in server: a month of a small payment business.
public final class DemoBooks {

  public static final Instant NOW = Instant.parse("2026-11-20T10:15:00Z");
  public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final int TRANSACTIONS = 230;

  final StandInServer server;
  final List<Transaction> transactions = new ArrayList<>();

  public DemoBooks(StandInServer server) {
    this(server, TRANSACTIONS);
  }

  /// The same books after some more transactions.
  public static void grow(StandInServer server, int by) {
    new DemoBooks(server, TRANSACTIONS + by);
  }

  private DemoBooks(StandInServer server, int count) {
    this.server = server;
    for (int number = count; number >= 1; number--) {
      transactions.add(transaction(number));
    }
    people();
    journal();
    new DemoWork(server).lay();
  }

  private void people() {
    server.on(
        "POST",
        "/sessions",
        asked -> {
          String username = asked.json().get("username").asString();
          if (!asked.json().get("password").asString().equals("demo-only-password")) {
            return Told.problem(401, "unauthenticated", "Wrong.");
          }
          return Told.created(
              new Session("token-of-" + username, NOW.plusSeconds(3600), profile(username)));
        });
    server.on("GET", "/me", asked -> Told.ok(profile("operator")));
    server.on("DELETE", "/sessions/current", asked -> new Told(204, null));
  }

  public static Profile profile(String username) {
    Role role = username.startsWith("approver") ? Role.APPROVER : Role.OPERATOR;
    Limit limit = new Limit(CurrencyCode.of("EUR"), 1_000_000, 1_000_000);
    return new Profile(
        username,
        Character.toUpperCase(username.charAt(0)) + username.substring(1),
        List.of(new Grant("main", List.of(role))),
        List.of(limit));
  }

  private void journal() {
    server.on(
        "GET",
        "/ledgers/main/transactions",
        asked -> {
          List<Transaction> found =
              transactions.stream()
                  .filter(one -> one.description().contains(asked.filter("text")))
                  .filter(
                      one ->
                          asked.filter("kind").isEmpty()
                              || one.kind().wire().equals(asked.filter("kind")))
                  .toList();
          return Told.ok(page(found, asked));
        });
    server.on(
        "GET",
        "/ledgers/main/transactions/(txn_.*)",
        asked ->
            transactions.stream()
                .filter(one -> one.id().toString().equals(asked.groups().getFirst()))
                .findFirst()
                .map(Told::ok)
                .orElseGet(() -> Told.problem(404, "not-found", "No such transaction.")));
  }

  static <T> Page<T> page(List<T> all, Asked asked) {
    int from = asked.filter("after").isEmpty() ? 0 : Integer.parseInt(asked.filter("after"));
    int to = Math.min(all.size(), from + Integer.parseInt(asked.filter("limit")));
    return new Page<>(
        all.subList(from, to), to < all.size() ? String.valueOf(to) : null, (long) all.size());
  }

  static UUID uuid(int kind, int number) {
    return new UUID(0x019_AA00_0000_7000L + kind, 0x8000_0000_0000_0000L + number);
  }

  static TransactionId transactionId(int number) {
    return new TransactionId(uuid(1, number));
  }

  static Transaction transaction(int number) {
    TransactionKind kind =
        switch (number % 6) {
          case 0, 1, 2 -> TransactionKind.CHARGE;
          case 3 -> transferOrHold(number);
          case 4 -> TransactionKind.REFUND;
          default -> TransactionKind.TRANSACTION;
        };
    String merchant = "merchants:" + List.of("bakery", "cinema", "florist").get(number % 3);
    String wallet = "wallets:%03d".formatted(number % 200);
    long cents = 1_000L + (number * 7_919L) % 250_000;
    return switch (kind) {
      case CHARGE ->
          made(
              number,
              kind,
              "Card payment " + number,
              "providers:sandbox:eur",
              merchant,
              cents,
              new Relation("payment", "pay_" + uuid(2, number)));
      case REFUND ->
          made(number, kind, "Refund to card", merchant, "providers:sandbox:eur", cents, null);
      case HOLD, CAPTURE, RELEASE -> held(number, kind, wallet, merchant);
      case TRANSFER -> made(number, kind, "Payout", wallet, "bank:eur", cents, null);
      default -> made(number, kind, "Top-up of a wallet", "bank:eur", wallet, cents, null);
    };
  }

  private static TransactionKind transferOrHold(int number) {
    return switch (number) {
      case 225 -> TransactionKind.HOLD;
      case 219 -> TransactionKind.CAPTURE;
      case 213 -> TransactionKind.RELEASE;
      default -> TransactionKind.TRANSFER;
    };
  }

  /// A hold of 80.00 EUR, its capture of 52.50, or its release.
  private static Transaction held(int number, TransactionKind kind, String from, String to) {
    Money amount = Money.of(8_000, "EUR");
    Money captured = Money.of(5_250, "EUR");
    boolean opens = kind == TransactionKind.HOLD;
    List<Entry> entries = new ArrayList<>();
    entries.add(
        new Entry(1, from, opens ? Direction.DEBIT : Direction.CREDIT, amount, Layer.PENDING));
    entries.add(
        new Entry(2, to, opens ? Direction.CREDIT : Direction.DEBIT, amount, Layer.PENDING));
    if (kind == TransactionKind.CAPTURE) {
      entries.add(new Entry(3, from, Direction.DEBIT, captured, Layer.POSTED));
      entries.add(new Entry(4, to, Direction.CREDIT, captured, Layer.POSTED));
    }
    return new Transaction(
        transactionId(number),
        number,
        kind,
        "Deposit for a bicycle",
        LocalDate.ofInstant(recordedAt(number), ZoneOffset.UTC),
        recordedAt(number),
        "integrator",
        "BIKE-7",
        entries,
        null,
        null,
        new Relation("hold", "hold_" + uuid(9, 7)),
        null,
        null,
        Map.of());
  }

  private static Instant recordedAt(int number) {
    return Instant.parse("2026-11-01T08:00:00Z").plusSeconds(number * 7_103L);
  }

  static Transaction made(
      int number,
      TransactionKind kind,
      String description,
      String debit,
      String credit,
      long cents,
      @Nullable Relation relatesTo) {
    Money amount = Money.of(cents, "EUR");
    return new Transaction(
        transactionId(number),
        number,
        kind,
        description,
        LocalDate.ofInstant(recordedAt(number), ZoneOffset.UTC),
        recordedAt(number),
        kind == TransactionKind.CHARGE ? "system" : "integrator",
        "ORDER-" + (20_000 + number),
        List.of(
            new Entry(1, debit, Direction.DEBIT, amount, Layer.POSTED),
            new Entry(2, credit, Direction.CREDIT, amount, Layer.POSTED)),
        null,
        null,
        relatesTo,
        null,
        null,
        Map.of());
  }
}
