package io.countersign.server.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.TestApi;
import io.countersign.server.testing.TestApi.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// A source of its own for one test, with a bank account and a counter account in the books, worked
/// on as people and programs do: over HTTP.
final class Desk {

  private static final AtomicInteger MADE = new AtomicInteger();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final DateTimeFormatter SIX_DIGITS = DateTimeFormatter.ofPattern("yyMMdd");

  final TestApi api;
  final String source;
  final String bank;
  final String other;
  final String currency;
  private final LocalDate today;

  Desk(TestApi api, LocalDate today, String currency, int settlementDays, String fetch) {
    int number = MADE.incrementAndGet();
    this.api = api;
    this.today = today;
    this.currency = currency;
    this.source = "source-" + number;
    this.bank = "desk:bank-" + number;
    this.other = "desk:other-" + number;
    open(bank, "ASSET");
    open(other, "LIABILITY");
    Reply made =
        api.as("admin")
            .postInMain(
                "/sources",
                """
                {"code": "%s", "name": "A bank", "kind": "bank", "settlementDays": %d,
                 "calendar": "WEEKDAYS", "timeZone": "UTC", "cutOff": "18:00",
                 "accounts": [{"currency": "%s", "ledgerAccount": "%s"}]%s}\
                """
                    .formatted(source, settlementDays, currency, bank, fetch));
    assertThat(made.status()).as(made.toString()).isEqualTo(201);
  }

  static Desk at(int port) {
    return at(port, "EUR");
  }

  static Desk at(int port, String currency) {
    return new Desk(TestApi.at(port), today(), currency, 2, "");
  }

  static LocalDate today() {
    return java.time.Clock.systemUTC().instant().atZone(ZoneOffset.UTC).toLocalDate();
  }

  private void open(String code, String type) {
    Reply made =
        api.as("integrator")
            .postInMain(
                "/accounts",
                "{\"code\": \"%s\", \"name\": \"x\", \"type\": \"%s\", \"currency\": \"%s\"}"
                    .formatted(code, type, currency));
    assertThat(made.status()).as(made.toString()).isEqualTo(201);
  }

  /// A deposit (or, negative, a withdrawal) in the books, `daysAgo`; answers its id.
  String post(long minorUnits, String reference, int daysAgo) {
    boolean in = minorUnits > 0;
    Reply made =
        api.as("integrator")
            .postInMain(
                "/transfers",
                """
                {"from": "%s", "to": "%s", "amount": {"minorUnits": %d, "currency": "%s"},
                 "description": "for a test", "reference": "%s", "effectiveOn": "%s"}\
                """
                    .formatted(
                        in ? bank : other,
                        in ? other : bank,
                        Math.abs(minorUnits),
                        currency,
                        reference,
                        today.minusDays(daysAgo)));
    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    return made.text("id");
  }

  record Line(long minorUnits, String reference, int daysAgo) {}

  static Line line(long minorUnits, String reference) {
    return new Line(minorUnits, reference, 1);
  }

  /// An MT940 of these lines that balances, ending today.
  String statement(long opening, Line... lines) {
    return statement(opening, 0, lines);
  }

  String statement(long opening, int closedDaysAgo, Line... lines) {
    StringBuilder text =
        new StringBuilder(":20:DESK\n:25:DE02120300000000202051\n:28C:1/1\n")
            .append(":60F:")
            .append(balance(opening, 20))
            .append('\n');
    long closing = opening;
    for (Line line : lines) {
      closing += line.minorUnits();
      text.append(":61:")
          .append(SIX_DIGITS.format(today.minusDays(line.daysAgo())))
          .append(line.minorUnits() < 0 ? "D" : "C")
          .append(amount(line.minorUnits()))
          .append("NTRF")
          .append(line.reference())
          .append("\n:86:from the bank\n");
    }
    return text.append(":62F:").append(balance(closing, closedDaysAgo)).append("\n-\n").toString();
  }

  private String balance(long minorUnits, int daysAgo) {
    return (minorUnits < 0 ? "D" : "C")
        + SIX_DIGITS.format(today.minusDays(daysAgo))
        + currency
        + amount(minorUnits);
  }

  private static String amount(long minorUnits) {
    long absolute = Math.abs(minorUnits);
    return absolute / 100 + "," + (absolute % 100 < 10 ? "0" : "") + absolute % 100;
  }

  Reply upload(byte[] file) {
    return api.as("operator")
        .withoutKey()
        .post(
            "/v1/ledgers/main/statements?source=" + source + "&fileName=x.sta",
            file,
            "application/octet-stream");
  }

  Reply upload(String file) {
    return upload(file.getBytes(StandardCharsets.UTF_8));
  }

  /// Runs the matcher and waits for its end.
  JsonNode run() {
    Reply started =
        api.as("operator").postInMain("/reconciliations", "{\"source\": \"" + source + "\"}");
    assertThat(started.status()).as(started.toString()).isEqualTo(202);
    String path = "/reconciliations/" + started.text("id");
    await(() -> get(path).path("state").asString().equals("finished"));
    return get(path);
  }

  JsonNode get(String path) {
    Reply reply = api.as("auditor").getInMain(path);
    assertThat(reply.status()).as(path + ": " + reply).isEqualTo(200);
    return reply.json();
  }

  List<JsonNode> exceptions(String more) {
    return items(get("/exceptions?source=" + source + more));
  }

  List<String> categories() {
    return exceptions("").stream().map(it -> it.path("category").asString()).sorted().toList();
  }

  List<JsonNode> lines(String statement) {
    return items(get("/statements/" + statement + "/lines"));
  }

  List<String> lineStates(String statement) {
    return lines(statement).stream().map(it -> it.path("state").asString()).toList();
  }

  static List<JsonNode> items(JsonNode page) {
    return new ArrayList<>(StreamSupport.stream(page.path("items").spliterator(), false).toList());
  }

  Reply act(String who, JsonNode exception, String action, String body) {
    return api.as(who)
        .postInMain("/exceptions/" + exception.path("id").asString() + "/" + action, body);
  }

  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("nothing came within " + PATIENCE);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }
}
