package io.countersign.server.kept;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.TestApi;
import io.countersign.server.testing.TestApi.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/// A little of everything that the books can hold, done over HTTP as people and programs do it:
/// transactions of every kind, holds with each of their ends, refusals, approvals, payments, a
/// statement and its exceptions.
///
/// It also works on a server of an earlier version: what that one does not offer is left out.
public final class SmallHistory {

  public static final String BANK = "kept:bank";
  public static final String WALLET = "kept:wallet:a";
  public static final String OTHER = "kept:wallet:b";
  public static final String MERCHANT = "kept:merchant";
  public static final String FEES = "kept:fees";
  public static final List<String> ACCOUNTS = List.of(BANK, WALLET, OTHER, MERCHANT, FEES);

  /// How many transfers go from the bank to the first wallet, each of 100 cents.
  public static final int DEPOSITS = 12;

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String FAR_AHEAD = "2199-01-01T00:00:00Z";

  /// A request under a key, and what it was answered: asked again, it must be answered the same.
  public record Call(
      String user, String path, String key, String body, int status, String answer) {}

  private final TestApi api;
  private final LocalDate today = LocalDate.ofInstant(Clock.systemUTC().instant(), ZoneOffset.UTC);
  private final List<Call> calls = new ArrayList<>();
  private final List<String> questions = new ArrayList<>();

  public SmallHistory(TestApi api) {
    this.api = api;
  }

  /// @param payments whether the server knows a sandbox acquirer
  public SmallHistory play(boolean payments) {
    open(BANK, "ASSET", "");
    open(FEES, "REVENUE", "");
    open(MERCHANT, "LIABILITY", "");
    open(WALLET, "LIABILITY", ", \"minimumBalance\": 0");
    open(OTHER, "LIABILITY", ", \"minimumBalance\": 0");
    transactions();
    batches();
    holds();
    statuses();
    approvals();
    statement();
    if (payments) {
      payments();
    }
    period();
    for (String account : ACCOUNTS) {
      questions.add("/accounts/" + account);
      questions.add("/accounts/" + account + "/balance?effectiveOn=" + today);
      questions.add("/accounts/" + account + "/balance?effectiveOn=" + today.minusDays(20));
      questions.add("/accounts/" + account + "/entries?limit=100");
    }
    questions.add("/trial-balance?effectiveOn=" + today);
    questions.add("/transactions?limit=100&order=oldest");
    questions.add("/transactions?limit=100&kind=transfer&account=" + WALLET);
    questions.add("/adjustments?limit=100");
    questions.add("/statements?limit=100");
    return this;
  }

  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /// Paths whose answers tell what the books hold, for an auditor to ask.
  public List<String> questions() {
    return List.copyOf(questions);
  }

  private void transactions() {
    for (int i = 0; i < DEPOSITS; i++) {
      post(201, "integrator", "/transfers", transfer(BANK, WALLET, 100, "deposit " + i, today));
    }
    post(201, "integrator", "/transfers", transfer(BANK, OTHER, 500, "early", today.minusDays(40)));
    Reply split =
        post(
            201,
            "integrator",
            "/transactions",
            """
            {"description": "Sold", "reference": "order-7", "metadata": {"shop": "zwölf"}, "entries": [
              {"account": "%s", "direction": "DEBIT", "amount": %s},
              {"account": "%s", "direction": "CREDIT", "amount": %s},
              {"account": "%s", "direction": "CREDIT", "amount": %s}]}
            """
                .formatted(WALLET, euro(105), MERCHANT, euro(100), FEES, euro(5)));
    questions.add("/transactions/" + split.text("id"));
    Reply wrong = post(201, "integrator", "/transfers", transfer(WALLET, OTHER, 7, "oops", today));
    String reversals = "/transactions/" + wrong.text("id") + "/reversals";
    post(201, "integrator", reversals, "{\"reason\": \"typed wrong\"}");
    assertThat(post(409, "integrator", reversals, "{\"reason\": \"again\"}").problem())
        .isEqualTo("already-reversed");
    Reply refused =
        post(422, "integrator", "/transfers", transfer(WALLET, OTHER, 1_000_000, "much", today));
    assertThat(refused.problem()).isEqualTo("insufficient-funds");
  }

  private void batches() {
    if (!offered("/transactions/batch")) {
      return;
    }
    Reply batch =
        post(200, "integrator", "/transactions/batch", batch(false, keyed(3), keyed(1_000_000)));
    assertThat(batch.text("results.0.status")).isEqualTo("201");
    assertThat(batch.text("results.1.status")).isEqualTo("422");
    post(422, "integrator", "/transactions/batch", batch(true, part(4), part(1_000_000)));
  }

  private void holds() {
    if (!offered("/holds")) {
      return;
    }
    Reply open = hold(50, FAR_AHEAD);
    questions.add("/holds/" + open.text("id"));
    Reply captured = hold(60, FAR_AHEAD);
    String captures = "/holds/" + captured.text("id") + "/captures";
    post(200, "integrator", captures, "{\"amount\": " + euro(45) + "}");
    assertThat(post(409, "integrator", captures, "{}").problem()).isEqualTo("wrong-state");
    Reply released = hold(70, FAR_AHEAD);
    post(200, "integrator", "/holds/" + released.text("id") + "/release", "{}");
    Reply expiring = hold(80, Clock.systemUTC().instant().plusSeconds(3).toString());
    for (Reply hold : List.of(captured, released, expiring)) {
      questions.add("/holds/" + hold.text("id"));
    }
    await("/holds/" + expiring.text("id"), it -> it.text("state").equals("expired"));
  }

  private void statuses() {
    open("kept:frozen", "LIABILITY", "");
    post(200, "operator", "/accounts/kept:frozen/freeze", "{\"reason\": \"looks odd\"}");
    post(422, "integrator", "/transfers", transfer(BANK, "kept:frozen", 1, "late", today));
    open("kept:closed", "LIABILITY", "");
    post(200, "operator", "/accounts/kept:closed/close", "{\"reason\": \"gone\"}");
  }

  private void approvals() {
    Reply approved = propose("approved");
    decide(approved, "approve", "{\"contentHash\": \"%s\"}".formatted(hash(approved)));
    Reply rejected = propose("rejected");
    decide(rejected, "reject", "{\"reason\": \"not so\"}");
    propose("pending");
  }

  private Reply propose(String what) {
    Reply proposed =
        post(
            202,
            "operator",
            "/adjustments",
            """
            {"reason": "found in the audit", "description": "%s", "entries": [
              {"account": "%s", "direction": "DEBIT", "amount": %s},
              {"account": "%s", "direction": "CREDIT", "amount": %s}]}
            """
                .formatted(what, BANK, euro(11), MERCHANT, euro(11)));
    questions.add("/adjustments/" + proposed.text("id"));
    return proposed;
  }

  private String hash(Reply proposed) {
    return ask("/approvals/" + proposed.text("approvalId")).text("contentHash");
  }

  private void decide(Reply proposed, String how, String body) {
    String approval = "/approvals/" + proposed.text("approvalId");
    post(200, "approver", approval + "/" + how, body);
    questions.add(approval);
  }

  private void statement() {
    Reply source =
        api.as("admin")
            .postInMain(
                "/sources",
                """
                {"code": "kept-bank", "name": "A bank", "kind": "bank", "settlementDays": 2,
                 "calendar": "WEEKDAYS", "timeZone": "UTC", "cutOff": "18:00",
                 "accounts": [{"currency": "EUR", "ledgerAccount": "%s"}]}
                """
                    .formatted(BANK));
    assertThat(source.status()).as("%s", source).isEqualTo(201);
    String file =
        """
        :20:KEPT
        :25:DE02120300000000202051
        :28C:1/1
        :60F:C260101EUR0,00
        :61:260102C5,00NTRFNOBODY-KNOWS
        :86:from the bank
        :62F:C260102EUR5,00
        -
        """;
    Reply uploaded =
        api.as("operator")
            .withoutKey()
            .post(
                "/v1/ledgers/main/statements?source=kept-bank&fileName=kept.sta",
                file.getBytes(StandardCharsets.UTF_8),
                "application/octet-stream");
    assertThat(uploaded.status()).as("%s", uploaded).isEqualTo(201);
    questions.add("/statements/" + uploaded.text("statements.0.id"));
    String exceptions = "/exceptions?source=kept-bank&category=missing_in_ledger";
    Reply found = await(exceptions, it -> !it.json().path("items").isEmpty());
    String exception = "/exceptions/" + found.text("items.0.id");
    post(200, "operator", exception + "/comments", "{\"text\": \"asked the bank\"}");
  }

  private void payments() {
    Reply charged = charge(201, "tok_ok");
    post(
        201,
        "integrator",
        "/payments/" + charged.text("id") + "/refunds",
        "{\"amount\": %s, \"reason\": \"returned\"}".formatted(euro(450)));
    Reply declined = charge(201, "tok_declined");
    for (Reply ended : List.of(charged, declined)) {
      questions.add("/payments/" + ended.text("id"));
      questions.add("/payments/" + ended.text("id") + "/events");
    }
    charge(202, "tok_silent");
  }

  private Reply charge(int status, String paymentMethod) {
    return post(
        status,
        "integrator",
        "/payments",
        """
        {"amount": %s, "merchantAccount": "%s", "provider": "sandbox", "paymentMethod": "%s",
         "reference": "order 9"}
        """
            .formatted(euro(1250), MERCHANT, paymentMethod));
  }

  private void period() {
    if (!offered("/periods/2020-01/close")) {
      return;
    }
    YearMonth month = YearMonth.from(today).minusMonths(3);
    post(200, "admin", "/periods/" + month + "/close", "{}");
    Reply refused =
        post(422, "integrator", "/transfers", transfer(BANK, OTHER, 1, "late", month.atDay(3)));
    assertThat(refused.problem()).isEqualTo("period-closed");
    questions.add("/periods");
  }

  private void open(String code, String type, String more) {
    post(
        201,
        "integrator",
        "/accounts",
        "{\"code\": \"%s\", \"name\": \"Kept\", \"type\": \"%s\", \"currency\": \"EUR\"%s}"
            .formatted(code, type, more));
  }

  private Reply hold(long minorUnits, String expiresAt) {
    return post(
        201,
        "integrator",
        "/holds",
        """
        {"from": "%s", "to": "%s", "amount": %s, "expiresAt": "%s", "description": "held"}
        """
            .formatted(WALLET, MERCHANT, euro(minorUnits), expiresAt));
  }

  private static String transfer(
      String from, String to, long minorUnits, String description, LocalDate day) {
    return """
    {"from": "%s", "to": "%s", "amount": %s, "description": "%s", "effectiveOn": "%s"}
    """
        .formatted(from, to, euro(minorUnits), description, day);
  }

  private static String batch(boolean atomic, String... items) {
    return "{\"atomic\": %b, \"transactions\": [%s]}".formatted(atomic, String.join(", ", items));
  }

  private static String keyed(long minorUnits) {
    return part(minorUnits)
        .replaceFirst("\\{", "{\"idempotencyKey\": \"" + UUID.randomUUID() + "\", ");
  }

  private static String part(long minorUnits) {
    return """
    {"description": "one of many", "entries": [
      {"account": "%s", "direction": "DEBIT", "amount": %s},
      {"account": "%s", "direction": "CREDIT", "amount": %s}]}
    """
        .formatted(WALLET, euro(minorUnits), OTHER, euro(minorUnits));
  }

  private static String euro(long minorUnits) {
    return "{\"minorUnits\": %d, \"currency\": \"EUR\"}".formatted(minorUnits);
  }

  private Reply post(int status, String user, String path, String body) {
    String key = "kept-" + UUID.randomUUID();
    Reply reply = api.as(user).withKey(key).postInMain(path, body);
    assertThat(reply.status()).as("%s %s: %s", path, body, reply).isEqualTo(status);
    calls.add(new Call(user, path, key, body, status, reply.body()));
    return reply;
  }

  // An earlier version does not know the path, or takes its end for an id that is only read.
  private boolean offered(String path) {
    return !List.of(404, 405).contains(api.as("integrator").postInMain(path, "{}").status());
  }

  private Reply ask(String path) {
    Reply reply = api.as("auditor").getInMain(path);
    assertThat(reply.status()).as("%s: %s", path, reply).isEqualTo(200);
    return reply;
  }

  private Reply await(String path, Predicate<Reply> wanted) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Reply last = ask(path);
    while (!wanted.test(last)) {
      assertThat(System.nanoTime()).as("%s: %s", path, last).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      last = ask(path);
    }
    return last;
  }
}
