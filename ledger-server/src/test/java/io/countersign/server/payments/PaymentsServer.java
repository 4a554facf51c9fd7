package io.countersign.server.payments;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.sandbox.SandboxAcquirer;
import io.countersign.server.testing.ServerTest;
import io.countersign.server.testing.TestApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/// A whole server with two providers: the sandbox acquirer, and one that does what a test says. Its
/// checks follow each other in parts of a second.
@ServerTest
@Import(PaymentsServer.Scripted.class)
@TestPropertySource(
    properties = {
      "countersign.payments.checks=300ms,500ms,1s",
      "countersign.payments.deadline=3s",
      "countersign.payments.overdue-checks=1s",
      "countersign.payments.circuit.opens-after=1000000",
      "countersign.sandbox.call-deadline=1500ms",
      "countersign.sandbox.lookup-deadline=500ms",
      "countersign.sandbox.visibility-delay=1s",
      "db-scheduler.polling-interval=100ms"
    })
abstract class PaymentsServer {

  @TestConfiguration(proxyBeanMethods = false)
  static class Scripted {

    @Bean
    ScriptedProvider scriptedProvider() {
      return new ScriptedProvider();
    }
  }

  // One for all tests of this JVM; it ends with it.
  private static final class Acquirer {
    static final SandboxAcquirer RUNNING = start();

    private static SandboxAcquirer start() {
      try {
        Path home = Files.createDirectories(Path.of("target", "test-homes"));
        Path folder = Files.createTempDirectory(home, "sandbox").toAbsolutePath();
        return SandboxAcquirer.start(
            Map.of("SANDBOX_PORT", "0", "SANDBOX_HOME", folder.toString()), Clock.systemUTC());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Autowired ScriptedProvider provider;

  @Value("${local.server.port}")
  int port;

  final String merchant = "merchants:" + UUID.randomUUID();

  @DynamicPropertySource
  static void sandbox(DynamicPropertyRegistry properties) {
    properties.add("countersign.sandbox.url", () -> "http://127.0.0.1:" + Acquirer.RUNNING.port());
  }

  @BeforeEach
  void openMerchant() {
    provider.reset();
    assertThat(open(merchant, "LIABILITY", 0L).status()).isEqualTo(201);
  }

  final TestApi api() {
    return TestApi.at(port);
  }

  final TestApi.Calls integrator() {
    return api().as("integrator");
  }

  final TestApi.Reply open(String code, String type, @Nullable Long minimumBalance) {
    return integrator()
        .postInMain(
            "/accounts",
            """
            {"code": "%s", "name": "An account", "type": "%s", "currency": "EUR", "minimumBalance": %d}
            """
                .formatted(code, type, minimumBalance));
  }

  final TestApi.Reply charge(String provider, String paymentMethod) {
    return integrator().postInMain("/payments", chargeOf(provider, paymentMethod));
  }

  final String chargeOf(String provider, String paymentMethod) {
    return """
    {"amount": {"minorUnits": 1250, "currency": "EUR"}, "merchantAccount": "%s",
     "provider": "%s", "paymentMethod": "%s", "reference": "order 7"}
    """
        .formatted(merchant, provider, paymentMethod);
  }

  final TestApi.Reply payment(String id) {
    return integrator().getInMain("/payments/" + id);
  }

  final TestApi.Reply refund(String payment, String body) {
    return integrator().postInMain("/payments/" + payment + "/refunds", body);
  }

  static String refundOf(long minorUnits) {
    return """
    {"amount": {"minorUnits": %d, "currency": "EUR"}, "reason": "returned"}
    """
        .formatted(minorUnits);
  }

  final long posted(String account) {
    return balance(account, "posted");
  }

  final long available(String account) {
    return balance(account, "available");
  }

  private long balance(String account, String field) {
    return integrator().getInMain("/accounts/" + account + "/balance").json().path(field).asLong();
  }

  /// How many transactions of this kind the merchant's account has.
  final int transactions(String kind) {
    return integrator()
        .getInMain("/transactions?account=" + merchant + "&kind=" + kind)
        .json()
        .path("items")
        .size();
  }

  final TestApi.Reply awaitPayment(String id, String state) {
    return await(() -> payment(id), state);
  }

  final TestApi.Reply await(Supplier<TestApi.Reply> look, String state) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    TestApi.Reply last = look.get();
    while (!last.text("state").equals(state)) {
      assertThat(System.nanoTime())
          .as("waiting for %s, it is %s", state, last)
          .isLessThan(deadline);
      java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      last = look.get();
    }
    return last;
  }

  static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
    CyclicBarrier start = new CyclicBarrier(calls.size());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> futures = new ArrayList<>();
      for (Callable<T> call : calls) {
        futures.add(
            threads.submit(
                () -> {
                  start.await();
                  return call.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    }
  }
}
