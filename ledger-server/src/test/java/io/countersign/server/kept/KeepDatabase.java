package io.countersign.server.kept;

import io.countersign.server.database.EmbeddedPostgres;
import io.countersign.server.sandbox.SandboxAcquirer;
import io.countersign.server.testing.ServerProcess;
import io.countersign.server.testing.TestApi;
import io.countersign.server.testing.TestApi.Reply;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.databind.json.JsonMapper;

/// Lets a server, built from whatever version, live through a [SmallHistory], and puts its database
/// away with what it told, for [KeptDatabasesTest] to upgrade from then on.
///
/// `mvn -Pkeep-database package -Dkeep.name=…`; see the README beside what is kept.
public final class KeepDatabase {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String SEALED =
      """
      SELECT (SELECT coalesce(max(through_sequence), 0) FROM seals.seal)
        >= (SELECT max(sequence) FROM journal.transaction)
      """;

  private KeepDatabase() {}

  /// @param arguments the server's jar, and the folder to make
  public static void main(String[] arguments) throws Exception {
    Path jar = Path.of(arguments[0]).toAbsolutePath();
    Path kept = Files.createDirectories(Path.of(arguments[1]));
    Path home = Files.createTempDirectory("keep");
    try (SandboxAcquirer acquirer =
            SandboxAcquirer.start(
                Map.of("SANDBOX_PORT", "0", "SANDBOX_HOME", home.resolve("acquirer").toString()),
                Clock.systemUTC());
        ServerProcess server = ServerProcess.startJar(jar, home, environment(acquirer)).awaitUp()) {
      TestApi api = TestApi.at(server.port());
      SmallHistory history = new SmallHistory(api).play(true);
      try (Connection books = superuser(home)) {
        awaitSeals(JdbcClient.create(new SingleConnectionDataSource(books, true)));
        Map<String, String> answers = new LinkedHashMap<>();
        for (String question : history.questions()) {
          answers.put(question, answer(api, question));
        }
        Files.writeString(
            kept.resolve(Told.FILE),
            JsonMapper.shared()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(new Told(history.calls(), answers, sealKey(api))));
        try (OutputStream out = Files.newOutputStream(kept.resolve(Told.BOOKS))) {
          DatabaseCopy.write(books, out);
        }
      }
    }
    System.out.println("Kept in " + kept.toAbsolutePath());
  }

  private static Map<String, String> environment(SandboxAcquirer acquirer) {
    Map<String, String> environment = new HashMap<>();
    environment.put("COUNTERSIGN_ADMIN_PASSWORD", TestApi.ADMIN_PASSWORD);
    environment.put("COUNTERSIGN_SANDBOX_URL", "http://127.0.0.1:" + acquirer.port());
    // Keys that still answer in years to come.
    environment.put("COUNTERSIGN_IDEMPOTENCY_WINDOW", "36500d");
    environment.put("COUNTERSIGN_APPROVALS_EXPIREAFTER", "36500d");
    environment.put("COUNTERSIGN_SEALS_EVERY", "500ms");
    return environment;
  }

  private static Connection superuser(Path home) throws Exception {
    String port = Files.readAllLines(home.resolve("postgres/data/postmaster.pid")).get(3);
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/countersign",
        EmbeddedPostgres.OWNER,
        Files.readString(home.resolve("postgres/owner.password")));
  }

  private static void awaitSeals(JdbcClient books) throws InterruptedException {
    boolean sealing =
        books.sql("SELECT to_regclass('seals.seal') IS NOT NULL").query(Boolean.class).single();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (sealing && !books.sql(SEALED).query(Boolean.class).single()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not sealed within " + PATIENCE);
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private static String answer(TestApi api, String question) {
    Reply reply = api.as("auditor").getInMain(question);
    if (reply.status() != 200) {
      throw new AssertionError(question + ": " + reply);
    }
    return reply.body();
  }

  private static @Nullable String sealKey(TestApi api) {
    Reply seals = api.as("auditor").getInMain("/seals");
    return seals.status() == 200 ? seals.text("items.0.publicKey") : null;
  }
}
