package io.countersign.server.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Speaks the sandbox acquirer's protocol and charges everything, as slowly as it is told, without
/// the files and the fsync of the real one: those would be measured with it.
final class SlowAcquirer implements AutoCloseable {

  private static final int BACKLOG = 8192;

  // Else the JDK's server sends the head of an answer, and its body only when the head was
  // acknowledged, up to 40 ms later: that would be taken for time of our side.
  static {
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Long> tookNanos = new ConcurrentHashMap<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger mostWaiting = new AtomicInteger();
  private volatile int fromMillis;
  private volatile int toMillis;
  private volatile CountDownLatch gate = new CountDownLatch(0);

  SlowAcquirer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    server.setExecutor(threads);
    server.createContext("/v1/charges", this::charge);
    server.start();
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  void latency(int from, int to) {
    fromMillis = from;
    toMillis = to;
  }

  /// From now on every charge waits for [#release].
  void hold() {
    mostWaiting.set(0);
    gate = new CountDownLatch(1);
  }

  void release() {
    gate.countDown();
  }

  int waiting() {
    return waiting.get();
  }

  int mostWaiting() {
    return mostWaiting.get();
  }

  /// From the request's arrival to the answer's last byte.
  Duration took(String key) {
    return Duration.ofNanos(tookNanos.getOrDefault(key, 0L));
  }

  void forget() {
    tookNanos.clear();
  }

  private void charge(HttpExchange exchange) throws IOException {
    long start = System.nanoTime();
    JsonNode order = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
    String key = String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
    mostWaiting.accumulateAndGet(waiting.incrementAndGet(), Math::max);
    try {
      Thread.sleep(ThreadLocalRandom.current().nextInt(fromMillis, toMillis + 1));
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      waiting.decrementAndGet();
    }
    byte[] answer =
        """
        {"kind": "charge", "key": "%s", "reference": "ch_%s", "status": "charged",
         "amount": {"minorUnits": %d, "currency": "EUR"}, "at": "2026-11-25T12:00:00Z"}
        """
            .formatted(key, key, order.path("amount").path("minorUnits").asLong())
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(201, answer.length);
    exchange.getResponseBody().write(answer);
    // Before the end of the answer is out: whoever asks has seen it.
    tookNanos.put(key, System.nanoTime() - start);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
