package io.countersign.server.payments.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/// The server's own sandbox acquirer: a child process that lives on when the server is killed, is
/// found again by the next one, and ends when a server that started one stops cleanly.
final class SandboxProcess implements SmartInitializingSingleton, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SandboxProcess.class);
  private static final String SERVICE = "countersign-sandbox-acquirer";
  private static final Duration UP_DEADLINE = Duration.ofMinutes(1);
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(5);
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);
  private static final long PROBE_PAUSE_MILLIS = 50;

  record Health(@Nullable String status, @Nullable String name, long pid) {}

  private final Path folder;
  private final int port;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PROBE_TIMEOUT).build();

  /// What to stop at the end; null when somebody else started it.
  private @Nullable ProcessHandle own;

  private SandboxProcess(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /// Does not wait until it is up: see [#afterSingletonsInstantiated()].
  ///
  /// @param folder of its log and ours about it
  static SandboxProcess joinOrStart(Path folder, int port) {
    SandboxProcess sandbox = new SandboxProcess(folder, port);
    Optional<Health> running = sandbox.health();
    if (running.isPresent()) {
      sandbox.own = sandbox.startedEarlier(running.get());
      LOG.info("Using the sandbox acquirer that already runs on port {}", port);
    } else {
      sandbox.start();
    }
    return sandbox;
  }

  private void start() {
    try {
      Files.createDirectories(folder);
      Process process = SandboxCommand.builder(folder, port).start();
      Files.writeString(pidFile(), String.valueOf(process.pid()));
      own = process.toHandle();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the sandbox acquirer", e);
    }
  }

  /// One that an earlier server started and did not live to stop is ours to stop.
  private @Nullable ProcessHandle startedEarlier(Health running) {
    try {
      boolean started =
          Files.exists(pidFile())
              && Files.readString(pidFile()).strip().equals(String.valueOf(running.pid()));
      return started ? ProcessHandle.of(running.pid()).orElse(null) : null;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + pidFile(), e);
    }
  }

  private Path pidFile() {
    return folder.resolve("started-by-server.pid");
  }

  /// Waits until it answers, once the rest of the server is made.
  ///
  /// @throws IllegalStateException when it does not, with where to read why
  @Override
  public void afterSingletonsInstantiated() {
    long deadline = System.nanoTime() + UP_DEADLINE.toNanos();
    while (health().isEmpty()) {
      boolean gone = own == null || !own.isAlive();
      if (gone || System.nanoTime() > deadline || !slept()) {
        close();
        throw new IllegalStateException(
            "The sandbox acquirer did not start on port %d: see %s, or set SANDBOX_PORT or COUNTERSIGN_SANDBOX_URL"
                .formatted(port, SandboxCommand.outputOf(folder)));
      }
    }
    LOG.info("Sandbox acquirer at http://127.0.0.1:{}", port);
  }

  private static boolean slept() {
    try {
      Thread.sleep(PROBE_PAUSE_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Optional<Health> health() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/sandbox/health"))
            .timeout(PROBE_TIMEOUT)
            .build();
    try {
      return SandboxAnswer.parse(http.send(request, BodyHandlers.ofString()).body(), Health.class)
          .filter(health -> SERVICE.equals(health.name()));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Nullable ProcessHandle own() {
    return own;
  }

  @Override
  public void close() {
    http.shutdownNow();
    ProcessHandle child = own;
    if (child != null && child.destroy()) {
      child.onExit().completeOnTimeout(child, STOP_DEADLINE.toSeconds(), TimeUnit.SECONDS).join();
      child.destroyForcibly();
    }
  }
}
