package io.countersign.server.benchmarks;

import io.countersign.server.LedgerServer;
import io.countersign.server.database.Database;
import io.countersign.server.journal.BooksUnderLoad;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;

/// The whole server in this process, on its embedded PostgreSQL as it ships: everything durable,
/// all background work running.
final class ServerUnderLoad implements AutoCloseable {

  private static final String PASSWORD = "only-for-benchmarks";

  private final ServletWebServerApplicationContext context;
  private final Path home;

  private ServerUnderLoad(ServletWebServerApplicationContext context, Path home) {
    this.context = context;
    this.home = home;
  }

  static ServerUnderLoad start(Path home) throws Exception {
    return run(home);
  }

  /// Another server, over books that are in a database.
  static ServerUnderLoad over(Database database, Path home) throws Exception {
    return run(
        home,
        // Beside the first server's.
        "--countersign.database.pool-size=8",
        "--countersign.database.url=" + database.url(),
        "--countersign.database.user=" + database.application().user(),
        "--countersign.database.password=" + database.application().password());
  }

  private static ServerUnderLoad run(Path home, String... settings) throws Exception {
    FileSystemUtils.deleteRecursively(home);
    Files.createDirectories(home);
    SpringApplication application = new SpringApplication(LedgerServer.class);
    application.addInitializers(
        context -> context.getBeanFactory().addBeanPostProcessor(TimedPool.instead()));
    List<String> arguments = new ArrayList<>(List.of(settings));
    arguments.add("--server.port=0");
    arguments.add("--countersign.home=" + home.toAbsolutePath());
    arguments.add("--countersign.admin.password=" + PASSWORD);
    return new ServerUnderLoad(
        (ServletWebServerApplicationContext) application.run(arguments.toArray(String[]::new)),
        home);
  }

  BooksUnderLoad books() {
    return new BooksUnderLoad(context);
  }

  Database database() {
    return context.getBean(Database.class);
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /// The process of PostgreSQL that has all others for children.
  long postmaster() throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      Path file = files.filter(it -> it.endsWith("postmaster.pid")).findFirst().orElseThrow();
      return Long.parseLong(Files.readAllLines(file).getFirst().strip());
    }
  }

  int port() {
    return Objects.requireNonNull(context.getWebServer()).getPort();
  }

  /// An API key with the rights of an integrator.
  String integratorKey() throws Exception {
    return integratorKey(port(), PASSWORD);
  }

  /// As [#integratorKey()], of any server.
  ///
  /// @param password of its first administrator
  static String integratorKey(int port, String password) throws Exception {
    String session =
        post(
            port,
            "/v1/sessions",
            "",
            "{\"username\": \"admin\", \"password\": \"" + password + "\"}",
            "token");
    return post(
        port,
        "/v1/api-keys",
        session,
        "{\"name\": \"benchmark\", \"ledger\": \"main\", \"roles\": [\"INTEGRATOR\"]}",
        "secret");
  }

  private static String post(int port, String path, String token, String body, String field)
      throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .header("Content-Type", "application/json")
              .header("Idempotency-Key", UUID.randomUUID().toString())
              .POST(HttpRequest.BodyPublishers.ofString(body));
      if (!token.isEmpty()) {
        request.header("Authorization", "Bearer " + token);
      }
      String answer = client.send(request.build(), BodyHandlers.ofString()).body();
      String value = JsonMapper.shared().readTree(answer).path(field).stringValue(null);
      return Objects.requireNonNull(value, answer);
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
