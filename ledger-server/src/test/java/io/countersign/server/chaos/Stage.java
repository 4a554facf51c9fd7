package io.countersign.server.chaos;

import static java.nio.file.StandardOpenOption.CREATE;

import io.countersign.server.database.EmbeddedPostgres;
import io.countersign.server.testing.AcquirerLine;
import io.countersign.server.testing.AcquirerProcess;
import io.countersign.server.testing.ServerProcess;
import io.countersign.server.testing.TestApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// Two servers on one PostgreSQL that is as durable as a real one, an acquirer, and the line to it.
/// Each may be killed, and comes back where it was.
final class Stage implements AutoCloseable {

  static final int SERVERS = 2;

  private static final Path POSTGRES = Path.of("target", "chaos-postgres");
  private static final String DATABASE = "chaos";
  private static final String PASSWORD = "of-chaos";
  private static final int STARTS_MAX = 6;
  private static final Duration BACK_WITHIN = Duration.ofSeconds(60);

  private final EmbeddedPostgres postgres;
  private final Path home;
  private final AcquirerProcess acquirer;
  private final AcquirerLine line;
  private final Map<String, String> environment;
  private final List<ServerProcess> servers = new CopyOnWriteArrayList<>();
  private final List<Integer> ports = new CopyOnWriteArrayList<>();

  Stage() throws Exception {
    postgres = EmbeddedPostgres.start(POSTGRES, Map.of("max_connections", "100"));
    prepare(superuser("postgres"));
    Path homes = Files.createDirectories(Path.of("target", "test-homes"));
    home = Files.createTempDirectory(homes, "chaos").toAbsolutePath();
    int port = ServerProcess.freePort();
    acquirer = AcquirerProcess.start(Files.createDirectory(home.resolve("sandbox")), port);
    line = AcquirerLine.before(port);
    environment = environment();
    for (int number = 0; number < SERVERS; number++) {
      // One after the other: the first one migrates.
      ServerProcess server = launched(number, environment).awaitUp();
      servers.add(server);
      Files.deleteIfExists(output(number));
      ports.add(server.port());
    }
  }

  AcquirerLine line() {
    return line;
  }

  AcquirerProcess acquirer() {
    return acquirer;
  }

  TestApi api(int server) {
    return TestApi.at(ports.get(server));
  }

  JdbcClient books() {
    return superuser(DATABASE);
  }

  /// As `kill -9` and a start where it was. A start that meets with a PostgreSQL that is down ends,
  /// and is for a supervisor to repeat.
  void killServer(int number) throws Exception {
    servers.get(number).kill();
    Map<String, String> where = new HashMap<>(environment);
    where.put("SERVER_PORT", "" + ports.get(number));
    for (int attempt = 1; ; attempt++) {
      keepOutput(number);
      servers.get(number).close();
      servers.set(number, launched(number, where));
      try {
        servers.get(number).awaitUp();
        return;
      } catch (AssertionError down) {
        if (attempt == STARTS_MAX) {
          throw down;
        }
      }
    }
  }

  /// As `kill -9` of PostgreSQL's first process; it is started again as after a power cut.
  void killPostgres() throws InterruptedException {
    ProcessHandle.of(postgres.pid()).orElseThrow().destroyForcibly();
    long deadline = System.nanoTime() + BACK_WITHIN.toNanos();
    while (true) {
      TimeUnit.MILLISECONDS.sleep(100);
      try {
        books().sql("SELECT 1").query(Integer.class).single();
        return;
      } catch (RuntimeException down) {
        if (System.nanoTime() > deadline) {
          throw down;
        }
      }
    }
  }

  /// What the servers have written, all their lives in one file each, for whoever looks into a
  /// failure.
  void keepOutput() throws IOException {
    for (int number = 0; number < servers.size(); number++) {
      keepOutput(number);
    }
  }

  private void keepOutput(int number) throws IOException {
    Files.writeString(
        output(number), servers.get(number).output(), CREATE, StandardOpenOption.APPEND);
  }

  private static Path output(int number) {
    return Path.of("target", "chaos-server-" + number + ".log");
  }

  @Override
  public void close() throws IOException {
    for (ServerProcess server : servers) {
      server.close();
    }
    line.close();
    acquirer.close();
    postgres.close();
  }

  private ServerProcess launched(int number, Map<String, String> where) throws Exception {
    return ServerProcess.start(home.resolve("server-" + number), where);
  }

  private Map<String, String> environment() {
    Map<String, String> all = new HashMap<>();
    all.put("COUNTERSIGN_ADMIN_PASSWORD", TestApi.ADMIN_PASSWORD);
    all.put("COUNTERSIGN_DATABASE_URL", postgres.jdbcUrl(DATABASE));
    all.put("COUNTERSIGN_DATABASE_USER", "chaos_app");
    all.put("COUNTERSIGN_DATABASE_PASSWORD", PASSWORD);
    all.put("COUNTERSIGN_DATABASE_OWNER_USER", "chaos_owner");
    all.put("COUNTERSIGN_DATABASE_OWNER_PASSWORD", PASSWORD);
    all.put("COUNTERSIGN_SANDBOX_URL", "http://127.0.0.1:" + line.port());
    all.put("COUNTERSIGN_SANDBOX_LOOKUPDEADLINE", "1s");
    all.put("COUNTERSIGN_PAYMENTS_CHECKS", "500ms,1s,2s,4s");
    all.put("COUNTERSIGN_SEALS_KEY", home.resolve("seal.key").toString());
    return all;
  }

  // The data folder stays from run to run, which saves its making; the books do not.
  private static void prepare(JdbcClient superuser) {
    superuser.sql("DROP DATABASE IF EXISTS " + DATABASE + " WITH (FORCE)").update();
    superuser.sql("DROP ROLE IF EXISTS chaos_app").update();
    superuser.sql("DROP ROLE IF EXISTS chaos_owner").update();
    superuser.sql("CREATE ROLE chaos_owner LOGIN CREATEROLE PASSWORD '" + PASSWORD + "'").update();
    superuser.sql("CREATE DATABASE " + DATABASE + " OWNER chaos_owner").update();
  }

  private JdbcClient superuser(String database) {
    return JdbcClient.create(
        new DriverManagerDataSource(
            postgres.jdbcUrl(database), EmbeddedPostgres.OWNER, postgres.ownerPassword()));
  }
}
