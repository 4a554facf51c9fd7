package io.countersign.server.testing;

import io.countersign.server.LedgerServer;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The server as a process of its own, to be killed.
public final class ServerProcess implements AutoCloseable {

  private static final Duration UP_DEADLINE = Duration.ofSeconds(90);

  private final Process process;
  private final int port;
  private final Path output;

  private ServerProcess(Process process, int port, Path output) {
    this.process = process;
    this.port = port;
    this.output = output;
  }

  /// Starts a server on this home and does not wait for it.
  ///
  /// @param environment added to what a server under test needs; `SERVER_PORT` only for one that
  ///   comes back where another was
  public static ServerProcess start(Path home, Map<String, String> environment) throws IOException {
    return start(
        home,
        environment,
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        LedgerServer.class.getName());
  }

  /// As [#start(Path, Map)], but a server that has been built, of this version or another.
  public static ServerProcess startJar(Path jar, Path home, Map<String, String> environment)
      throws IOException {
    return start(home, environment, "-jar", jar.toString());
  }

  private static ServerProcess start(
      Path home, Map<String, String> environment, String... arguments) throws IOException {
    String wanted = environment.get("SERVER_PORT");
    int port = wanted == null ? freePort() : Integer.parseInt(wanted);
    Path output = Files.createTempFile("server", ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("COUNTERSIGN_HOME", home.toString());
    builder.environment().put("SERVER_PORT", "" + port);
    builder.environment().putAll(environment);
    return new ServerProcess(builder.start(), port, output);
  }

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /// Waits until the server answers that it is up.
  public ServerProcess awaitUp() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + UP_DEADLINE.toNanos();
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (!up(http)) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new AssertionError("the server is not up: " + output());
        }
        process.waitFor(100, TimeUnit.MILLISECONDS);
      }
    }
    return this;
  }

  /// Waits for a server that gives up by itself.
  public int awaitExit() throws InterruptedException {
    if (!process.waitFor(UP_DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the server still runs");
    }
    return process.exitValue();
  }

  public String output() throws IOException {
    return Files.readString(output);
  }

  /// As `kill -9` does.
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// As ctrl-C does; waits for the end.
  public void stop() {
    process.destroy();
    process.onExit().completeOnTimeout(process, 30, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() throws IOException {
    stop();
    process.destroyForcibly();
    Files.deleteIfExists(output);
  }

  private boolean up(HttpClient http) throws InterruptedException {
    var request = HttpRequest.newBuilder(uri("/actuator/health")).build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /// A port of the loopback address that nobody listens on.
  public static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
