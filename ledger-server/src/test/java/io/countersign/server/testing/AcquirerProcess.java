package io.countersign.server.testing;

import io.countersign.server.sandbox.SandboxAcquirer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The sandbox acquirer as a process of its own, to be killed.
public final class AcquirerProcess implements AutoCloseable {

  private static final Duration UP_DEADLINE = Duration.ofSeconds(60);

  private final Path home;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();
  private Process process;

  private AcquirerProcess(Path home, int port) throws IOException {
    this.home = home;
    this.port = port;
    this.process = launched();
  }

  /// @param home of its log, which outlives it
  public static AcquirerProcess start(Path home, int port)
      throws IOException, InterruptedException {
    AcquirerProcess acquirer = new AcquirerProcess(home, port);
    acquirer.awaitUp();
    return acquirer;
  }

  /// As `kill -9` and a start on the same log and port.
  public void killAndRestart() throws IOException, InterruptedException {
    process.destroyForcibly().waitFor();
    process = launched();
    awaitUp();
  }

  /// Every charge that it made or cancelled, as the sandbox's own inspection says.
  public JsonNode charges() throws IOException, InterruptedException {
    return JsonMapper.shared().readTree(get("/sandbox/charges")).path("charges");
  }

  /// The keys of the charges that it made.
  public Set<String> charged() throws IOException, InterruptedException {
    Set<String> keys = new HashSet<>();
    for (JsonNode charge : charges()) {
      if (!charge.path("state").asString().equals("cancelled")) {
        keys.add(charge.path("key").asString());
      }
    }
    return keys;
  }

  @Override
  public void close() {
    http.close();
    process.destroy();
    process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
    process.destroyForcibly();
  }

  private Process launched() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx128m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    SandboxAcquirer.class.getName()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("output").toFile()));
    builder.environment().put("SANDBOX_HOME", home.toString());
    builder.environment().put("SANDBOX_PORT", "" + port);
    return builder.start();
  }

  private void awaitUp() throws InterruptedException {
    long deadline = System.nanoTime() + UP_DEADLINE.toNanos();
    while (true) {
      try {
        get("/sandbox/health");
        return;
      } catch (IOException notYet) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new UncheckedIOException("the acquirer is not up", notYet);
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }

  private String get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build();
    return http.send(request, BodyHandlers.ofString()).body();
  }
}
