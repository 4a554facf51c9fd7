package io.countersign.server.crash;

import io.countersign.server.sandbox.SandboxAcquirer;
import io.countersign.server.testing.AcquirerLine;
import io.countersign.server.testing.CommitFaults;
import io.countersign.server.testing.ServerProcess;
import io.countersign.server.testing.TestApi;
import io.countersign.server.testing.TestDatabase;
import io.countersign.server.testing.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server process to be killed, between an acquirer and a PostgreSQL that go on.
final class Bench implements AutoCloseable {

  private static final Pattern REFERENCE = Pattern.compile("\"reference\":\"([^\"]+)\"");

  private final TestDatabase database = TestPostgres.fresh();
  private final CommitFaults commits;
  private final SandboxAcquirer acquirer;
  private final AcquirerLine line;
  private final Boundaries boundaries;
  private final Path home;
  private final Map<String, String> environment;
  private final Set<String> frozenWhenCharged = ConcurrentHashMap.newKeySet();
  private ServerProcess server;

  Bench() throws Exception {
    Path homes = Files.createDirectories(Path.of("target", "test-homes"));
    home = Files.createTempDirectory(homes, "crash").toAbsolutePath();
    commits = CommitFaults.before(URI.create(database.url().substring("jdbc:".length())).getPort());
    acquirer =
        SandboxAcquirer.start(
            Map.of("SANDBOX_PORT", "0", "SANDBOX_HOME", home.resolve("sandbox").toString()),
            Clock.systemUTC());
    line = AcquirerLine.before(acquirer.port());
    boundaries = new Boundaries(commits);
    line.watch(
        request -> {
          AcquirerLine.Answered asked = boundaries.asked(request);
          return whole -> {
            freeze(whole);
            asked.answered(whole);
          };
        });
    environment = environment();
    server = ServerProcess.start(home, environment).awaitUp();
    environment.put("SERVER_PORT", "" + server.port());
  }

  Boundaries boundaries() {
    return boundaries;
  }

  TestApi api() {
    return TestApi.at(server.port());
  }

  TestApi.Calls integrator() {
    return api().as("integrator");
  }

  JdbcClient books() {
    return database.jdbcAsOwner();
  }

  /// Freezes this merchant's account when the acquirer has charged a card for the payment of that
  /// reference, and before the server hears of it.
  void freezeWhenCharged(String reference) {
    frozenWhenCharged.add(reference);
  }

  private void freeze(String request) {
    Matcher reference = REFERENCE.matcher(request);
    if (request.startsWith("POST /v1/charges ")
        && reference.find()
        && frozenWhenCharged.contains(reference.group(1))) {
      // By the database: the server's own way waits for appenders, and some of them are stopped.
      books()
          .sql("UPDATE accounts.account SET status = 'frozen' WHERE code = ?")
          .param("merchants:" + reference.group(1))
          .update();
    }
  }

  /// As `kill -9` and a start where it was.
  void killAndRestart() throws Exception {
    server.kill();
    boundaries.serverIsDead();
    server.close();
    server = ServerProcess.start(home, environment).awaitUp();
  }

  String output() throws IOException {
    return server.output();
  }

  /// What the acquirer did under this key.
  JsonNode charges(String key) {
    URI uri = URI.create("http://127.0.0.1:" + acquirer.port() + "/sandbox/charges?key=" + key);
    try (HttpClient http = HttpClient.newHttpClient()) {
      String body = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
      return JsonMapper.shared().readTree(body).path("charges");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Map<String, String> environment() {
    Map<String, String> all = new HashMap<>();
    all.put("COUNTERSIGN_ADMIN_PASSWORD", TestApi.ADMIN_PASSWORD);
    all.put("COUNTERSIGN_DATABASE_URL", commits.instead(database.url()));
    all.put("COUNTERSIGN_DATABASE_USER", database.applicationCredentials().user());
    all.put("COUNTERSIGN_DATABASE_PASSWORD", database.applicationCredentials().password());
    all.put("COUNTERSIGN_DATABASE_OWNER_USER", database.ownerCredentials().user());
    all.put("COUNTERSIGN_DATABASE_OWNER_PASSWORD", database.ownerCredentials().password());
    all.put("COUNTERSIGN_SANDBOX_URL", "http://127.0.0.1:" + line.port());
    // Nobody listens there: what becomes of a payment is found out by the server itself.
    all.put("COUNTERSIGN_PUBLIC_URL", "http://127.0.0.1:9");
    all.put("COUNTERSIGN_PAYMENTS_CHECKS", "300ms,1s,2s");
    all.put("COUNTERSIGN_SANDBOX_CALLDEADLINE", "7500ms");
    all.put("COUNTERSIGN_SANDBOX_LOOKUPDEADLINE", "7500ms");
    // A closer waits for appenders that are stopped here, and holds up the others meanwhile.
    all.put("COUNTERSIGN_JOURNAL_WATERMARK_EVERY", "PT1H");
    // What is stopped keeps its connection.
    all.put("COUNTERSIGN_DATABASE_POOLSIZE", "80");
    all.put("DBSCHEDULER_POLLINGINTERVAL", "100ms");
    return all;
  }

  @Override
  public void close() throws IOException {
    server.close();
    line.close();
    acquirer.close();
    commits.close();
    database.close();
  }
}
