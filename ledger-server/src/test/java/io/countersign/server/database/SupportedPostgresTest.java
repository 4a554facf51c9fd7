package io.countersign.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.countersign.server.kept.SmallHistory;
import io.countersign.server.sandbox.SandboxAcquirer;
import io.countersign.server.testing.LocalServer;
import io.countersign.server.testing.TestApi;
import io.countersign.server.testing.TestApi.Reply;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;

/// The whole server on every major of PostgreSQL that it supports beside the one it brings, whose
/// binaries Maven has copied (`supported-postgres` in the pom).
class SupportedPostgresTest {

  private static final String COPIED = "countersign.supported-postgres";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Credentials OWNER = new Credentials("books_owner", "owner-in-tests");
  private static final Credentials APPLICATION = new Credentials("countersign_app", "app-in-tests");

  private static final int SPENDERS = 64;
  // An account with 128 entries gets a checkpoint.
  private static final int RAISES = 300;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {15, 16, 17})
  void the_books_are_kept_on_it_as_on_the_newest(int major) throws Exception {
    URL archive = archive(major);
    try (EmbeddedPostgres postgres =
            EmbeddedPostgres.start(folder.resolve("pg" + major), Map.of(), archive);
        SandboxAcquirer acquirer =
            SandboxAcquirer.start(
                Map.of("SANDBOX_PORT", "0", "SANDBOX_HOME", folder.resolve("acquirer").toString()),
                Clock.systemUTC())) {
      Database database = database(postgres);
      JdbcClient owner = owner(database);
      assertThat(owner.sql("SHOW server_version").query(String.class).single())
          .startsWith(major + ".");
      try (LocalServer server =
          LocalServer.on(
              database,
              Files.createDirectory(folder.resolve("home")),
              "countersign.sandbox.url=http://127.0.0.1:" + acquirer.port(),
              "countersign.sandbox.call-deadline=1s",
              "countersign.seals.every=300ms",
              "countersign.journal.watermark-every=300ms")) {
        TestApi api = server.api();
        SmallHistory history = new SmallHistory(api).play(true);
        everyAnswerReplays(api, history);
        noFloorBreaksUnderLoad(api);
        checkpointsAreBuiltAndDisposable(api, owner);
        theSealsVerify(api, owner);
        theJournalIsExported(api);
      }
      theArmourRefuses(owner);
    }
  }

  // Skipped where nobody has copied them, as in an IDE, and on a platform there are none for; where
  // Maven says it has, they must be there.
  private static URL archive(int major) throws Exception {
    String copied = System.getProperty(COPIED);
    assumeThat(copied).as("run by Maven, which copies the binaries").isNotNull();
    Path jar = Path.of(Objects.requireNonNull(copied), major + ".jar");
    assertThat(jar).exists();
    String name = PostgresBinaries.archiveName();
    try (JarFile binaries = new JarFile(jar.toFile())) {
      assumeThat(binaries.getEntry(name)).as("binaries for this machine, %s", name).isNotNull();
    }
    return URI.create("jar:" + jar.toUri() + "!/" + name).toURL();
  }

  private static Database database(EmbeddedPostgres postgres) {
    JdbcClient superuser =
        JdbcClient.create(
            new DriverManagerDataSource(
                postgres.jdbcUrl("postgres"), EmbeddedPostgres.OWNER, postgres.ownerPassword()));
    superuser
        .sql("CREATE ROLE books_owner LOGIN CREATEROLE PASSWORD '" + OWNER.password() + "'")
        .update();
    superuser.sql("CREATE DATABASE books OWNER books_owner").update();
    return new Database(postgres.jdbcUrl("books"), APPLICATION, OWNER);
  }

  private static JdbcClient owner(Database database) {
    return JdbcClient.create(
        new DriverManagerDataSource(database.url(), OWNER.user(), OWNER.password()));
  }

  private static void everyAnswerReplays(TestApi api, SmallHistory history) {
    for (SmallHistory.Call call : history.calls()) {
      Reply again = api.as(call.user()).withKey(call.key()).postInMain(call.path(), call.body());
      assertThat(again.status()).as("%s: %s", call, again).isEqualTo(call.status());
      // The items of a batch say that they are replayed, each for itself.
      if (call.status() < 300 && !call.path().endsWith("/batch")) {
        assertThat(again.body()).as("%s", call).isEqualTo(call.answer());
      }
    }
  }

  private static void noFloorBreaksUnderLoad(TestApi api) throws Exception {
    long before = posted(api, SmallHistory.OTHER);
    List<Integer> raised =
        atOnce(RAISES, i -> transfer(api, SmallHistory.BANK, SmallHistory.OTHER, 1));
    assertThat(raised).containsOnly(201);
    long funds = before + RAISES;
    assertThat(posted(api, SmallHistory.OTHER)).isEqualTo(funds);
    long each = funds / 20;
    List<Integer> spent =
        atOnce(SPENDERS, i -> transfer(api, SmallHistory.OTHER, SmallHistory.BANK, each));
    assertThat(new HashSet<>(spent)).isEqualTo(Set.of(201, 422));
    assertThat(posted(api, SmallHistory.OTHER)).isEqualTo(funds - each * (funds / each));
    Reply trial = api.as("auditor").getInMain("/trial-balance");
    assertThat(trial.json().path("totals")).isNotEmpty();
    for (JsonNode total : trial.json().path("totals")) {
      assertThat(total.path("debit")).as("%s", trial).isEqualTo(total.path("credit"));
    }
  }

  private static int transfer(TestApi api, String from, String to, long minorUnits) {
    return api.as("integrator")
        .postInMain(
            "/transfers",
            """
            {"from": "%s", "to": "%s", "description": "under load",
             "amount": {"minorUnits": %d, "currency": "EUR"}}
            """
                .formatted(from, to, minorUnits))
        .status();
  }

  private static List<Integer> atOnce(int calls, IntUnaryOperator call) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> running =
          IntStream.range(0, calls)
              .mapToObj(i -> threads.submit(() -> call.applyAsInt(i)))
              .toList();
      List<Integer> results = new ArrayList<>();
      for (Future<Integer> one : running) {
        results.add(one.get());
      }
      return results;
    }
  }

  private static void checkpointsAreBuiltAndDisposable(TestApi api, JdbcClient owner) {
    await(() -> rows(owner, "journal.checkpoint") > 0);
    String told = api.as("auditor").getInMain(balance(SmallHistory.OTHER)).body();
    owner
        .sql(
            "TRUNCATE journal.checkpoint_slice, journal.checkpoint, journal.checkpoint_days,"
                + " journal.checkpoint_segment")
        .update();
    assertThat(api.as("auditor").getInMain(balance(SmallHistory.OTHER)).body()).isEqualTo(told);
    await(() -> rows(owner, "journal.checkpoint") > 0);
    assertThat(api.as("auditor").getInMain(balance(SmallHistory.OTHER)).body()).isEqualTo(told);
  }

  private static void theSealsVerify(TestApi api, JdbcClient owner) {
    long highest =
        owner.sql("SELECT max(sequence) FROM journal.transaction").query(Long.class).single();
    await(
        () ->
            owner
                    .sql("SELECT coalesce(max(through_sequence), 0) FROM seals.seal")
                    .query(Long.class)
                    .single()
                >= highest);
    assertThat(api.as("auditor").postInMain("/seals/verifications", "{}").status()).isEqualTo(202);
    Reply latest =
        await(api, "/seals/verifications/latest", it -> !it.text("state").equals("running"));
    assertThat(latest.text("state")).as("%s", latest).isEqualTo("intact");
    assertThat(latest.json().path("throughSequence").asLong()).isGreaterThanOrEqualTo(highest);
  }

  private static void theJournalIsExported(TestApi api) {
    Reply asked =
        api.as("auditor")
            .postInMain(
                "/exports",
                """
                {"kind": "journal", "format": "jsonl", "from": "2000-01-01", "to": "2099-12-31"}
                """);
    assertThat(asked.status()).as("%s", asked).isEqualTo(202);
    Reply done =
        await(api, "/exports/" + asked.text("id"), it -> !it.text("state").equals("running"));
    assertThat(done.text("state")).as("%s", done).isEqualTo("finished");
    assertThat(done.json().path("manifest").path("rows").asInt()).isGreaterThan(2 * RAISES);
  }

  private static void theArmourRefuses(JdbcClient owner) {
    for (String statement :
        List.of(
            "UPDATE journal.entry SET amount = 1",
            "DELETE FROM journal.transaction",
            "TRUNCATE journal.entry",
            "DELETE FROM seals.seal",
            "UPDATE payments.event SET type = type",
            """
            INSERT INTO journal.entry
              (ledger_id, sequence, line, account_id, layer, amount, currency, effective_on)
            VALUES (1, 900000001, 1, gen_random_uuid(), 0, 5, 'EUR', '2026-01-01')
            """,
            """
            INSERT INTO journal.entry
              (ledger_id, sequence, line, account_id, layer, amount, currency, effective_on)
            SELECT ledger_id, sequence, line + 2, account_id, layer, amount, currency, effective_on
            FROM journal.entry WHERE sequence = (SELECT min(sequence) FROM journal.entry)
            """)) {
      assertThatThrownBy(() -> owner.sql(statement).update())
          .as(statement)
          .satisfies(e -> assertThat(Failures.sqlState(e)).startsWith("23"));
    }
  }

  private static String balance(String account) {
    return "/accounts/" + account + "/balance";
  }

  private static long posted(TestApi api, String account) {
    return api.as("auditor").getInMain(balance(account)).json().path("posted").asLong();
  }

  private static long rows(JdbcClient owner, String table) {
    return owner.sql("SELECT count(*) FROM " + table).query(Long.class).single();
  }

  private static Reply await(TestApi api, String path, Predicate<Reply> wanted) {
    await(() -> wanted.test(api.as("auditor").getInMain(path)));
    return api.as("auditor").getInMain(path);
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("within %s", PATIENCE).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }
}
