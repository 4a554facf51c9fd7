package io.countersign.server.model;

import io.countersign.server.database.EmbeddedPostgres;
import io.countersign.server.testing.CommitFaults;
import io.countersign.server.testing.ServerProcess;
import io.countersign.server.testing.TestApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// A server process, a PostgreSQL that is as durable as a real one, and between them a proxy that
/// fails at commits. Each may be killed.
final class Machine implements AutoCloseable {

  private static final Path POSTGRES = Path.of("target", "model-postgres");
  private static final String DATABASE = "model";
  private static final String PASSWORD = "of-a-model";
  private static final int STARTS_MAX = 4;
  private static final Duration BACK_WITHIN = Duration.ofSeconds(60);

  private final EmbeddedPostgres postgres;
  private final CommitFaults faults;
  private final Map<String, String> environment;
  private final Path home;
  private ServerProcess server;

  private Machine(EmbeddedPostgres postgres, CommitFaults faults) throws Exception {
    this.postgres = postgres;
    this.faults = faults;
    this.home =
        Files.createTempDirectory(Files.createDirectories(Path.of("target", "test-homes")), "model")
            .toAbsolutePath();
    this.environment = environment(faults.instead(postgres.jdbcUrl(DATABASE)));
    this.server = ServerProcess.start(home, environment).awaitUp();
    environment.put("SERVER_PORT", "" + server.port());
  }

  static Machine start() throws Exception {
    EmbeddedPostgres postgres = EmbeddedPostgres.start(POSTGRES, Map.of("max_connections", "100"));
    try {
      prepare(superuser(postgres, "postgres"));
      return new Machine(postgres, CommitFaults.before(port(postgres)));
    } catch (Exception | Error e) {
      postgres.close();
      throw e;
    }
  }

  TestApi api() {
    return TestApi.at(server.port());
  }

  Client client(String name) {
    return ApiKeys.client(server.port(), api(), name);
  }

  CommitFaults faults() {
    return faults;
  }

  /// The books as they are in the database, not by way of the proxy.
  JdbcClient books() {
    return superuser(postgres, DATABASE);
  }

  long highestSequence() {
    return books()
        .sql("SELECT coalesce(max(sequence), 0) FROM journal.transaction")
        .query(Long.class)
        .single();
  }

  /// As `kill -9` of the server and a start where it was. Commits go through meanwhile: a start
  /// that meets with a fault ends, and is for a supervisor to repeat.
  void killServer() throws Exception {
    server.kill();
    faults.pause(true);
    try {
      for (int attempt = 1; !isUpAgain(); attempt++) {
        if (attempt == STARTS_MAX) {
          throw new AssertionError("the server does not start: " + server.output());
        }
      }
    } finally {
      faults.pause(false);
    }
  }

  // PostgreSQL may be killed at the same time.
  private boolean isUpAgain() throws Exception {
    server.close();
    server = ServerProcess.start(home, environment);
    try {
      server.awaitUp();
      return true;
    } catch (AssertionError down) {
      return false;
    }
  }

  /// As `kill -9` of PostgreSQL's first process; it is started again as after a power cut.
  void killPostgres() throws InterruptedException {
    ProcessHandle.of(postgres.pid()).orElseThrow().destroyForcibly();
    Instant deadline = Instant.now().plus(BACK_WITHIN);
    while (true) {
      TimeUnit.MILLISECONDS.sleep(100);
      try {
        books().sql("SELECT 1").query(Integer.class).single();
        return;
      } catch (RuntimeException down) {
        if (Instant.now().isAfter(deadline)) {
          throw down;
        }
      }
    }
  }

  /// What the server has written, for whoever looks into a failure.
  Path keepOutput() throws IOException {
    return Files.writeString(Path.of("target", "model-server.log"), server.output());
  }

  @Override
  public void close() throws IOException {
    server.close();
    faults.close();
    postgres.close();
  }

  private static Map<String, String> environment(String url) {
    Map<String, String> environment = new HashMap<>();
    environment.put("COUNTERSIGN_ADMIN_PASSWORD", TestApi.ADMIN_PASSWORD);
    environment.put("COUNTERSIGN_DATABASE_URL", url);
    environment.put("COUNTERSIGN_DATABASE_USER", "model_app");
    environment.put("COUNTERSIGN_DATABASE_PASSWORD", PASSWORD);
    environment.put("COUNTERSIGN_DATABASE_OWNER_USER", "model_owner");
    environment.put("COUNTERSIGN_DATABASE_OWNER_PASSWORD", PASSWORD);
    environment.put("COUNTERSIGN_JOURNAL_WATERMARK_EVERY", "PT0.2S");
    environment.put("COUNTERSIGN_SEALS_EVERY", "PT0.5S");
    return environment;
  }

  // The data folder stays from run to run, which saves its making; the books do not.
  private static void prepare(JdbcClient superuser) {
    superuser.sql("DROP DATABASE IF EXISTS " + DATABASE + " WITH (FORCE)").update();
    superuser.sql("DROP ROLE IF EXISTS model_app").update();
    superuser.sql("DROP ROLE IF EXISTS model_owner").update();
    superuser.sql("CREATE ROLE model_owner LOGIN CREATEROLE PASSWORD '" + PASSWORD + "'").update();
    superuser.sql("CREATE DATABASE " + DATABASE + " OWNER model_owner").update();
  }

  private static JdbcClient superuser(EmbeddedPostgres postgres, String database) {
    return JdbcClient.create(
        new DriverManagerDataSource(
            postgres.jdbcUrl(database), EmbeddedPostgres.OWNER, postgres.ownerPassword()));
  }

  private static int port(EmbeddedPostgres postgres) {
    return java.net.URI.create(postgres.jdbcUrl(DATABASE).substring("jdbc:".length())).getPort();
  }
}
