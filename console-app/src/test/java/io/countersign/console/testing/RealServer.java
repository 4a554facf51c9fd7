package io.countersign.console.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The real server in demo mode as a process of its own, on a PostgreSQL and a sandbox acquirer of
/// its own and books that are empty. All of it ends, and is deleted, with [#close].
public final class RealServer implements AutoCloseable {

  public static final String ADMINISTRATOR_PASSWORD = "a password for this test alone";

  private static final Duration UP_DEADLINE = Duration.ofMinutes(2);
  private static final int STOP_SECONDS_MAX = 30;

  private final Path home;
  private final Process process;
  private final int port;
  private final int sandboxPort;
  private final HttpClient http = HttpClient.newHttpClient();

  private RealServer(Path home, Process process, int port, int sandboxPort) {
    this.home = home;
    this.process = process;
    this.port = port;
    this.sandboxPort = sandboxPort;
  }

  /// Returns when the server says that it is up.
  public static RealServer start() throws IOException, InterruptedException {
    Path home = Files.createTempDirectory("countersign");
    int port = freePort();
    int sandboxPort = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Duser.timezone=UTC",
                "-cp",
                System.getProperty("java.class.path"),
                "io.countersign.server.LedgerServer")
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("output.log").toFile());
    Map<String, String> environment = builder.environment();
    environment
        .keySet()
        .removeIf(name -> name.startsWith("COUNTERSIGN_") || name.startsWith("SANDBOX_"));
    environment.put("COUNTERSIGN_HOME", home.toString());
    environment.put("COUNTERSIGN_DEMO", "true");
    environment.put("COUNTERSIGN_ADMIN_PASSWORD", ADMINISTRATOR_PASSWORD);
    environment.put("SERVER_PORT", String.valueOf(port));
    environment.put("SANDBOX_PORT", String.valueOf(sandboxPort));
    Process process = builder.start();
    // Also when the tests are broken off: it would go on without them.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    RealServer server = new RealServer(home, process, port, sandboxPort);
    try {
      server.awaitUp();
    } catch (AssertionError notUp) {
      server.close();
      throw notUp;
    }
    return server;
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /// What the acquirer really did under one of our keys, as JSON.
  public String chargesAtTheAcquirer(String providerKey) throws IOException, InterruptedException {
    URI charges =
        URI.create("http://127.0.0.1:" + sandboxPort + "/sandbox/charges?key=" + providerKey);
    return http.send(HttpRequest.newBuilder(charges).build(), BodyHandlers.ofString()).body();
  }

  private void awaitUp() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + UP_DEADLINE.toNanos();
    while (!isUp()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new AssertionError(
            "the server is not up: " + Files.readString(home.resolve("output.log")));
      }
      process.waitFor(100, TimeUnit.MILLISECONDS);
    }
  }

  private boolean isUp() throws InterruptedException {
    HttpRequest health =
        HttpRequest.newBuilder(address().resolve("/actuator/health"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      return http.send(health, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /// As Ctrl-C does: the server ends its acquirer and its database.
  @Override
  public void close() throws IOException {
    process.destroy();
    process.onExit().completeOnTimeout(process, STOP_SECONDS_MAX, TimeUnit.SECONDS).join();
    process.destroyForcibly();
    http.close();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
