package io.countersign.server.kept;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.database.Database;
import io.countersign.server.database.Migrations;
import io.countersign.server.payments.PaymentEvents;
import io.countersign.server.testing.LocalServer;
import io.countersign.server.testing.TestApi;
import io.countersign.server.testing.TestApi.Reply;
import io.countersign.server.testing.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The database of every version that closed a milestone, brought up to date and asked what it was
/// asked then.
class KeptDatabasesTest {

  private static final Path KEPT = Path.of("src", "test", "resources", "kept");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  // What follows from the books and is built anew, and what migrating itself writes.
  private static final Pattern DERIVED =
      Pattern.compile("journal\\.(checkpoint.*|search_.*)|.*\\.migration");

  static Stream<Path> kept() throws IOException {
    try (Stream<Path> folders = Files.list(KEPT)) {
      return folders.filter(Files::isDirectory).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("kept")
  void it_migrates_and_tells_what_it_told(Path folder, @TempDir Path home) throws Exception {
    Told told =
        JsonMapper.shared().readValue(Files.readString(folder.resolve(Told.FILE)), Told.class);
    DatabaseCopy copy = read(folder);
    Database database = TestPostgres.empty();
    try (Connection superuser = TestPostgres.superuserOf(database).getConnection()) {
      copy.restore(database, superuser);
    }
    Migrations.apply(database);
    JdbcClient books = JdbcClient.create(TestPostgres.superuserOf(database));
    copy.counts().forEach((table, rows) -> keptWhole(books, table, rows));
    PaymentEvents.makeEveryPaymentWhatItIs(books);
    long transactions = rows(books, "journal.transaction");
    try (LocalServer server =
        LocalServer.on(
            database,
            home,
            "countersign.seals.every=300ms",
            "countersign.journal.watermark-every=300ms",
            "countersign.seals.trusted-keys=" + (told.sealKey() == null ? "" : told.sealKey()))) {
      TestApi api = server.api();
      told.answers().forEach((path, answer) -> sameAnswer(api, path, answer));
      told.calls().stream().filter(KeptDatabasesTest::isStored).forEach(call -> replays(api, call));
      assertThat(rows(books, "journal.transaction")).as("no second effect").isEqualTo(transactions);
      goesOn(api);
      everythingIsSealed(api, books);
    }
  }

  private static DatabaseCopy read(Path folder) throws IOException {
    try (InputStream in = Files.newInputStream(folder.resolve(Told.BOOKS))) {
      return DatabaseCopy.read(in);
    }
  }

  private static void keptWhole(JdbcClient books, String table, int rows) {
    if (!DERIVED.matcher(table).matches()) {
      assertThat(rows(books, table)).as(table).isEqualTo(rows);
    }
  }

  private static long rows(JdbcClient books, String table) {
    return books.sql("SELECT count(*) FROM " + table).query(Long.class).single();
  }

  private static void sameAnswer(TestApi api, String path, String then) {
    Reply now = api.as("auditor").getInMain(path);
    assertThat(now.status()).as("%s: %s", path, now).isEqualTo(200);
    assertThat(tells(now.json(), JsonMapper.shared().readTree(then)))
        .as("%s: %s, then %s", path, then, now)
        .isTrue();
  }

  /// Whether an answer says all that another said; a later version may add to it.
  private static boolean tells(JsonNode now, JsonNode then) {
    if (then.isObject()) {
      return then.propertyNames().stream()
          .allMatch(name -> now.has(name) && tells(now.path(name), then.path(name)));
    }
    if (then.isArray()) {
      boolean all = now.size() == then.size();
      for (int i = 0; i < then.size() && all; i++) {
        all = tells(now.path(i), then.path(i));
      }
      return all;
    }
    return now.equals(then);
  }

  // What is refused before it comes to the books is no key's answer.
  private static boolean isStored(SmallHistory.Call call) {
    return call.status() < 300 || call.answer().contains("insufficient-funds");
  }

  private static void replays(TestApi api, SmallHistory.Call call) {
    Reply again = api.as(call.user()).withKey(call.key()).postInMain(call.path(), call.body());
    assertThat(again.status()).as("%s: %s", call, again).isEqualTo(call.status());
    // The items of a batch say that they are replayed, each for itself.
    if (call.path().endsWith("/batch")) {
      assertThat(
              tells(
                  again.json().path("results").path(0).path("transaction"),
                  JsonMapper.shared()
                      .readTree(call.answer())
                      .path("results")
                      .path(0)
                      .path("transaction")))
          .isTrue();
      return;
    }
    assertThat(again.header("Idempotency-Replayed")).as("%s: %s", call, again).isEqualTo("true");
    assertThat(again.body()).as("%s", call).isEqualTo(call.answer());
  }

  private static void goesOn(TestApi api) {
    Reply posted =
        api.as("integrator")
            .postInMain(
                "/transfers",
                """
                {"from": "%s", "to": "%s", "description": "after the upgrade",
                 "amount": {"minorUnits": 1, "currency": "EUR"}}
                """
                    .formatted(SmallHistory.BANK, SmallHistory.WALLET));
    assertThat(posted.status()).as("%s", posted).isEqualTo(201);
  }

  private static void everythingIsSealed(TestApi api, JdbcClient books) throws Exception {
    long highest =
        books.sql("SELECT max(sequence) FROM journal.transaction").query(Long.class).single();
    await(
        () ->
            books
                    .sql("SELECT coalesce(max(through_sequence), 0) FROM seals.seal")
                    .query(Long.class)
                    .single()
                >= highest);
    for (String register :
        List.of("audit.sealing", "approvals.sealing", "payments.event_sealing")) {
      await(
          () ->
              books
                      .sql("SELECT count(*) FROM " + register + " WHERE seal IS NULL")
                      .query(Long.class)
                      .single()
                  == 0);
    }
    assertThat(rows(books, "audit.sealing")).isEqualTo(rows(books, "audit.record"));
    assertThat(rows(books, "payments.event_sealing")).isEqualTo(rows(books, "payments.event"));
    assertThat(api.as("auditor").postInMain("/seals/verifications", "{}").status()).isEqualTo(202);
    Reply[] latest = new Reply[1];
    await(
        () -> {
          latest[0] = api.as("auditor").getInMain("/seals/verifications/latest");
          return !latest[0].text("state").equals("running");
        });
    assertThat(latest[0].text("state")).as("%s", latest[0]).isEqualTo("intact");
  }

  private static void await(java.util.function.BooleanSupplier condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("within %s", PATIENCE).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }
}
