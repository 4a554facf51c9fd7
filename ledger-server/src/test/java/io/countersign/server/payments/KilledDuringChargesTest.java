package io.countersign.server.payments;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.model.WireName;
import io.countersign.model.payments.PaymentState;
import io.countersign.server.sandbox.SandboxAcquirer;
import io.countersign.server.testing.ServerProcess;
import io.countersign.server.testing.TestApi;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server that is killed in the middle of many charges, beside an acquirer that goes on. How
/// many: `-Dcountersign.crash.charges=1000`.
class KilledDuringChargesTest {

  private static final int CHARGES = Integer.getInteger("countersign.crash.charges", 200);
  private static final int AT_ONCE = 48;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /// By token, what the contract says a payment ends as.
  private static final Map<String, String> ENDS =
      new LinkedHashMap<>(
          Map.of(
              "tok_ok", "succeeded",
              "tok_slow", "succeeded",
              "tok_declined", "declined",
              "tok_charged_no_answer", "succeeded",
              "tok_not_charged_no_answer", "declined",
              "tok_late_webhook", "succeeded",
              "tok_flaky", "succeeded",
              "tok_silent", "pending_confirmation"));

  private record Caller(String key, String token, long minorUnits) {

    String body() {
      return """
      {"amount": {"minorUnits": %d, "currency": "EUR"}, "merchantAccount": "merchants:crash",
       "provider": "sandbox", "paymentMethod": "%s"}
      """
          .formatted(minorUnits, token);
    }
  }

  @TempDir Path home;
  @TempDir Path acquirerHome;

  @Test
  void every_charge_happens_at_most_once_and_is_posted_exactly_as_often() throws Exception {
    try (SandboxAcquirer acquirer =
        SandboxAcquirer.start(
            Map.of("SANDBOX_PORT", "0", "SANDBOX_HOME", acquirerHome.toString()),
            Clock.systemUTC())) {
      Map<String, String> environment = environment(acquirer);
      List<Caller> callers = callers();
      Map<String, String> payments;
      try (ServerProcess first = ServerProcess.start(home, environment).awaitUp()) {
        TestApi.Calls integrator = TestApi.at(first.port()).as("integrator");
        openMerchant(integrator);
        killInTheMiddle(first, integrator, callers);
        environment.put("SERVER_PORT", "" + first.port());
      }
      try (ServerProcess next = ServerProcess.start(home, environment).awaitUp()) {
        TestApi.Calls integrator = TestApi.at(next.port()).as("integrator");
        payments = everybodyRepeats(integrator, callers);
        assertThat(payments.values()).doesNotHaveDuplicates();
        assertThat(integrator.getInMain("/payments?limit=1").json().path("total").asInt())
            .isEqualTo(CHARGES);
        awaitEnds(integrator, callers, payments);
        assertOneChargeEach(integrator, acquirer, callers, payments);
      }
    }
  }

  private static Map<String, String> environment(SandboxAcquirer acquirer) {
    Map<String, String> environment = new HashMap<>();
    environment.put("COUNTERSIGN_ADMIN_PASSWORD", TestApi.ADMIN_PASSWORD);
    environment.put("COUNTERSIGN_SANDBOX_URL", "http://127.0.0.1:" + acquirer.port());
    environment.put("COUNTERSIGN_SANDBOX_LOOKUPDEADLINE", "500ms");
    environment.put("COUNTERSIGN_PAYMENTS_CHECKS", "500ms,1s,2s,4s");
    return environment;
  }

  private static List<Caller> callers() {
    List<String> tokens = ENDS.keySet().stream().sorted().toList();
    List<Caller> callers = new ArrayList<>();
    for (int i = 0; i < CHARGES; i++) {
      callers.add(new Caller("crash-" + i, tokens.get(i % tokens.size()), 100 + i));
    }
    return callers;
  }

  private static void openMerchant(TestApi.Calls integrator) {
    assertThat(
            integrator
                .postInMain(
                    "/accounts",
                    """
                    {"code": "merchants:crash", "name": "Merchant", "type": "LIABILITY",
                     "currency": "EUR", "minimumBalance": 0}
                    """)
                .status())
        .isEqualTo(201);
  }

  private static void killInTheMiddle(
      ServerProcess server, TestApi.Calls integrator, List<Caller> callers) throws Exception {
    CountDownLatch middle = new CountDownLatch(CHARGES / 3);
    Semaphore slots = new Semaphore(AT_ONCE);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Caller caller : callers) {
        threads.execute(
            () -> {
              slots.acquireUninterruptibly();
              try {
                integrator.withKey(caller.key()).postInMain("/payments", caller.body());
              } catch (UncheckedIOException killed) {
                // Its caller does not know what became of it, which is the point.
              } finally {
                slots.release();
                middle.countDown();
              }
            });
      }
      assertThat(middle.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      server.kill();
    }
  }

  /// @return the payment of each caller, by its key
  private static Map<String, String> everybodyRepeats(
      TestApi.Calls integrator, List<Caller> callers) throws Exception {
    Semaphore slots = new Semaphore(AT_ONCE);
    Map<String, String> payments = new HashMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Map<String, Future<TestApi.Reply>> replies = new HashMap<>();
      for (Caller caller : callers) {
        replies.put(
            caller.key(),
            threads.submit(
                () -> {
                  slots.acquire();
                  try {
                    return repeat(integrator.withKey(caller.key()), caller);
                  } finally {
                    slots.release();
                  }
                }));
      }
      for (Map.Entry<String, Future<TestApi.Reply>> reply : replies.entrySet()) {
        TestApi.Reply answer = reply.getValue().get();
        assertThat(answer.status()).as("%s", answer).isIn(201, 202);
        payments.put(reply.getKey(), answer.text("id"));
      }
    }
    return payments;
  }

  // As the contract says: what is unavailable or still running is repeated with the same key.
  private static TestApi.Reply repeat(TestApi.Calls calls, Caller caller) {
    TestApi.Reply reply = calls.postInMain("/payments", caller.body());
    for (int again = 0; again < 10 && (reply.status() == 503 || reply.status() == 409); again++) {
      LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
      reply = calls.postInMain("/payments", caller.body());
    }
    return reply;
  }

  private static void awaitEnds(
      TestApi.Calls integrator, List<Caller> callers, Map<String, String> payments) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (Caller caller : callers) {
      String expected = ENDS.get(caller.token());
      TestApi.Reply payment = integrator.getInMain("/payments/" + payments.get(caller.key()));
      while (!isEnd(payment.text("state")) && !payment.text("state").equals(expected)) {
        assertThat(System.nanoTime())
            .as("%s should be %s: %s", caller, expected, payment)
            .isLessThan(deadline);
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        payment = integrator.getInMain("/payments/" + payments.get(caller.key()));
      }
      assertThat(payment.text("state"))
          .as(
              "%s: %s",
              caller, integrator.getInMain("/payments/" + payments.get(caller.key()) + "/events"))
          .isEqualTo(expected);
    }
  }

  private static boolean isEnd(String state) {
    return WireName.parse(PaymentState.class, state).isFinal();
  }

  private static void assertOneChargeEach(
      TestApi.Calls integrator,
      SandboxAcquirer acquirer,
      List<Caller> callers,
      Map<String, String> payments)
      throws Exception {
    Map<String, Long> charged = chargedAtAcquirer(acquirer);
    Map<String, Long> posted = postedInJournal(integrator);
    long total = 0;
    for (Caller caller : callers) {
      String payment = String.valueOf(payments.get(caller.key()));
      boolean succeeded = "succeeded".equals(ENDS.get(caller.token()));
      boolean silent = caller.token().equals("tok_silent");
      assertThat(charged.getOrDefault(payment + "-charge", 0L))
          .as("%s at the acquirer", caller)
          .isEqualTo(succeeded || silent ? 1L : 0L);
      assertThat(posted.getOrDefault(payment, 0L))
          .as("%s in the journal", caller)
          .isEqualTo(succeeded ? 1L : 0L);
      total += succeeded ? caller.minorUnits() : 0;
    }
    assertThat(
            integrator
                .getInMain("/accounts/merchants:crash/balance")
                .json()
                .path("posted")
                .asLong())
        .isEqualTo(total);
  }

  private static Map<String, Long> chargedAtAcquirer(SandboxAcquirer acquirer) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + acquirer.port() + "/sandbox/charges");
      String body = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
      return items(JsonMapper.shared().readTree(body).path("charges")).stream()
          .filter(charge -> charge.path("state").asString().equals("charged"))
          .collect(groupingBy(charge -> charge.path("key").asString(), counting()));
    }
  }

  private static Map<String, Long> postedInJournal(TestApi.Calls integrator) {
    return items(integrator.getInMain("/transactions?kind=charge&limit=1000").json().path("items"))
        .stream()
        .collect(
            groupingBy(
                transaction -> transaction.path("relatesTo").path("id").asString(), counting()));
  }

  private static List<JsonNode> items(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }
}
