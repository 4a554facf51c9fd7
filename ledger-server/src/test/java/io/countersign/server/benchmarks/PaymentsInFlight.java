package io.countersign.server.benchmarks;

import io.countersign.server.testing.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.util.FileSystemUtils;

/// How many charges one server can have waiting at a provider, what it holds meanwhile, and what it
/// adds to the provider's time. The server is a process of its own; callers and acquirer are here.
///
/// ```
/// mvn -B -ntp -Pbenchmarks -pl ledger-server -am -Dcountersign.benchmark.class=PaymentsInFlight
/// ```
final class PaymentsInFlight {

  private static final String PASSWORD = "only-for-benchmarks";
  private static final Pattern KEY = Pattern.compile("\"providerKey\":\"([^\"]+)\"");
  private static final Duration WARM_UP =
      Duration.ofSeconds(Integer.getInteger("countersign.benchmark.warm-up", 5));
  private static final Duration TIME =
      Duration.ofSeconds(Integer.getInteger("countersign.benchmark.seconds", 10));
  private static final List<Integer> STEPS = List.of(250, 500, 1000, 1500, 2000, 2500);
  private static final long HELD_NANOS = Duration.ofMillis(7200).toNanos();
  private static final int CALLERS = Integer.getInteger("countersign.benchmark.callers", 512);
  private static final String BODY =
      """
      {"amount": {"minorUnits": 1250, "currency": "EUR"}, "merchantAccount": "merchants:bench",
       "provider": "sandbox", "paymentMethod": "any"}
      """;

  private final SlowAcquirer acquirer;
  private final long server;
  private final int port;
  private final String token;
  private final HttpClient http = HttpClient.newHttpClient();

  private PaymentsInFlight(SlowAcquirer acquirer, ServerProcess server) throws Exception {
    this.acquirer = acquirer;
    this.server = server.pid();
    this.port = server.port();
    this.token = ServerUnderLoad.integratorKey(port, PASSWORD);
  }

  public static void main(String[] arguments) throws Exception {
    Path home = Path.of("target", "benchmarks").toAbsolutePath();
    FileSystemUtils.deleteRecursively(home);
    Files.createDirectories(home);
    try (SlowAcquirer acquirer = new SlowAcquirer();
        ServerProcess server = ServerProcess.start(home, environment(acquirer)).awaitUp()) {
      PaymentsInFlight benchmark = new PaymentsInFlight(acquirer, server);
      benchmark.openMerchant();
      benchmark.overhead();
      benchmark.inFlight();
    }
  }

  private static Map<String, String> environment(SlowAcquirer acquirer) {
    Map<String, String> environment = new HashMap<>();
    environment.put("COUNTERSIGN_ADMIN_PASSWORD", PASSWORD);
    environment.put("COUNTERSIGN_SANDBOX_URL", acquirer.base().toString());
    environment.put("COUNTERSIGN_SANDBOX_CALLDEADLINE", "7900ms");
    // Over what the process of a test is started with: here it is to be as fast as it ships.
    environment.put("_JAVA_OPTIONS", "-XX:TieredStopAtLevel=4 -Xmx1g");
    return environment;
  }

  private void openMerchant() throws IOException {
    try (HttpCaller caller = new HttpCaller(port, "/v1/ledgers/main/accounts", token)) {
      caller.post(
          UUID.randomUUID().toString(),
          """
          {"code": "merchants:bench", "name": "Merchant", "type": "LIABILITY", "currency": "EUR",
           "minimumBalance": 0}
          """,
          201);
    }
  }

  private HttpCaller caller() throws IOException {
    return new HttpCaller(port, "/v1/ledgers/main/payments", token);
  }

  /// What our side adds to a charge, at all it can and at half of that.
  private void overhead() throws Exception {
    acquirer.latency(200, 800);
    double most = charges(0);
    charges(most / 2);
  }

  private double charges(double perSecond) throws Exception {
    ConcurrentLinkedQueue<Long> ours = new ConcurrentLinkedQueue<>();
    acquirer.forget();
    long measureFrom = System.nanoTime() + WARM_UP.toNanos();
    Load.Result result =
        new Load(ProcessHandle.current().pid())
            .run(
                CALLERS,
                WARM_UP,
                TIME,
                perSecond,
                number -> {
                  HttpCaller caller = caller();
                  return () -> {
                    long start = System.nanoTime();
                    byte[] answer = caller.post(UUID.randomUUID().toString(), BODY, 201);
                    long wall = System.nanoTime() - start;
                    if (start >= measureFrom) {
                      ours.add(wall - acquirer.took(key(answer)).toNanos());
                    }
                  };
                });
    long[] sorted = ours.stream().mapToLong(Long::longValue).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "%-28s %7.0f charges/s   our side p50 %6.1f ms  p99 %6.1f ms%n",
        perSecond == 0 ? CALLERS + " callers at once" : "half of that",
        result.perSecond(),
        percentile(sorted, 0.5),
        percentile(sorted, 0.99));
    return result.perSecond();
  }

  private static String key(byte[] answer) {
    Matcher key = KEY.matcher(new String(answer, StandardCharsets.UTF_8));
    if (!key.find()) {
      throw new IllegalStateException("an answer without providerKey");
    }
    return key.group(1);
  }

  private static double percentile(long[] sorted, double share) {
    return sorted.length == 0 ? Double.NaN : sorted[(int) ((sorted.length - 1) * share)] / 1e6;
  }

  /// What the server holds while more and more charges wait at the provider.
  private void inFlight() throws Exception {
    acquirer.latency(0, 0);
    System.out.printf(
        "%n%9s %9s %12s %12s %12s %8s%n",
        "callers", "waiting", "heap, MB", "connections", "OS threads", "not 201");
    print(0, 0, sample(), 0);
    for (int callers : STEPS) {
      step(callers);
    }
    Thread.sleep(2000);
    print(0, acquirer.waiting(), sample(), 0);
  }

  private void step(int callers) throws Exception {
    acquirer.hold();
    AtomicInteger others = new AtomicInteger();
    int waiting;
    Sample held;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<HttpCaller> connections = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        connections.add(caller());
      }
      long start = System.nanoTime();
      connections.forEach(
          caller ->
              threads.execute(
                  () -> {
                    try {
                      caller.post(UUID.randomUUID().toString(), BODY, 201);
                      caller.close();
                    } catch (IOException other) {
                      others.incrementAndGet();
                    }
                  }));
      while (acquirer.waiting() < callers && System.nanoTime() - start < HELD_NANOS) {
        Thread.sleep(20);
      }
      waiting = acquirer.waiting();
      held = sample();
      acquirer.release();
    }
    print(callers, waiting, held, others.get());
  }

  private record Sample(double heapBytes, double connections, double threads) {}

  private static void print(int callers, int waiting, Sample sample, int others) {
    System.out.printf(
        Locale.ROOT,
        "%9d %9d %12.0f %12.0f %12.0f %8d%n",
        callers,
        waiting,
        sample.heapBytes() / 1e6,
        sample.connections(),
        sample.threads(),
        others);
  }

  /// Of the server, as it says itself, after it threw away what nobody holds.
  private Sample sample() throws Exception {
    Process collected =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(server),
                "GC.run")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    collected.waitFor();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/prometheus"))
            .build();
    String metrics = http.send(request, BodyHandlers.ofString()).body();
    return new Sample(
        sum(metrics, "jvm_memory_used_bytes{area=\"heap\""),
        sum(metrics, "hikaricp_connections_active"),
        sum(metrics, "jvm_threads_live_threads"));
  }

  private static double sum(String metrics, String prefix) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(prefix))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
