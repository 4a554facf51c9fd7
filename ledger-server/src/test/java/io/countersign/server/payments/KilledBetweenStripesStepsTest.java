package io.countersign.server.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.countersign.server.payments.provider.StripeStandIn;
import io.countersign.server.testing.ServerProcess;
import io.countersign.server.testing.TestApi;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that is killed while charges stand between making an intent and the answer to its
/// confirmation: each ends as one charge or none, and is known.
class KilledBetweenStripesStepsTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final List<String> STEPS = List.of("made", "unconfirmed", "confirmed");

  @TempDir Path home;

  @Test
  void one_charge_or_none_whatever_step_the_server_was_killed_at() throws Exception {
    try (StripeStandIn stripe = StripeStandIn.start()) {
      Map<String, String> environment = environment(stripe);
      try (ServerProcess first = ServerProcess.start(home, environment).awaitUp()) {
        openMerchant(TestApi.at(first.port()).as("integrator"));
        environment.put("SERVER_PORT", "" + first.port());
        killAtEachStep(first, stripe, "first");
      }
      try (ServerProcess second = ServerProcess.start(home, environment).awaitUp()) {
        TestApi.Calls integrator = TestApi.at(second.port()).as("integrator");
        assertEnds(integrator, stripe, "first");
        killAtEachStep(second, stripe, "second");
      }
      // From now on no key may be sent again: what is known is looked up.
      environment.put("COUNTERSIGN_STRIPE_KEYLIFETIME", "1ms");
      int confirmations = confirmations(stripe);
      try (ServerProcess third = ServerProcess.start(home, environment).awaitUp()) {
        assertEnds(TestApi.at(third.port()).as("integrator"), stripe, "second");
        assertThat(confirmations(stripe)).as("none is sent again").isEqualTo(confirmations);
      }
    }
  }

  private static Map<String, String> environment(StripeStandIn stripe) {
    Map<String, String> environment = new HashMap<>();
    environment.put("COUNTERSIGN_ADMIN_PASSWORD", TestApi.ADMIN_PASSWORD);
    environment.put("COUNTERSIGN_STRIPE_SECRETKEY", "sk_test_right");
    environment.put("COUNTERSIGN_STRIPE_APIBASE", stripe.base().toString());
    environment.put("COUNTERSIGN_STRIPE_VISIBILITYDELAY", "1s");
    environment.put("COUNTERSIGN_PAYMENTS_CHECKS", "500ms,1s");
    return environment;
  }

  private static void openMerchant(TestApi.Calls integrator) {
    TestApi.Reply opened =
        integrator.postInMain(
            "/accounts",
            """
            {"code": "merchants:crash", "name": "Merchant", "type": "LIABILITY",
             "currency": "EUR", "minimumBalance": 0}
            """);
    assertThat(opened.status()).isEqualTo(201);
  }

  private static String body() {
    return """
    {"amount": {"minorUnits": 1250, "currency": "EUR"}, "merchantAccount": "merchants:crash",
     "provider": "stripe", "paymentMethod": "pm_card_visa"}
    """;
  }

  /// Lets one charge come to each step, and kills the server once all stand there.
  private static void killAtEachStep(ServerProcess server, StripeStandIn stripe, String round)
      throws Exception {
    TestApi.Calls integrator = TestApi.at(server.port()).as("integrator");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String step : STEPS) {
        CountDownLatch there = new CountDownLatch(1);
        stripe.fail(
            step.equals("made") ? "/payment_intents" : "/confirm",
            !step.equals("unconfirmed"),
            (HttpExchange exchange) -> there.countDown());
        threads.execute(
            () -> {
              try {
                integrator.withKey(round + step).postInMain("/payments", body());
              } catch (UncheckedIOException killed) {
                // Its caller does not know what became of it.
              }
            });
        assertThat(there.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      }
      server.kill();
    }
  }

  private static void assertEnds(TestApi.Calls integrator, StripeStandIn stripe, String round) {
    List<String> ends = new ArrayList<>();
    for (String step : STEPS) {
      String id = repeat(integrator.withKey(round + step));
      String state = awaitEnd(integrator, id);
      long posted =
          integrator.getInMain("/payments/" + id).json().path("transactions").size() * 1250L;
      assertThat(stripe.intents(id + "-charge")).as("%s at Stripe", step).isEqualTo(1);
      assertThat(stripe.moved(id + "-charge"))
          .as("%s: moved at Stripe, posted here, as the state says", step)
          .isEqualTo(posted)
          .isEqualTo(state.equals("succeeded") ? 1250L : 0L);
      ends.add(state);
    }
    assertThat(ends.getLast()).as("what was charged is known to be").isEqualTo("succeeded");
  }

  private static String repeat(TestApi.Calls calls) {
    TestApi.Reply reply = calls.postInMain("/payments", body());
    for (int again = 0; again < 20 && (reply.status() == 503 || reply.status() == 409); again++) {
      LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
      reply = calls.postInMain("/payments", body());
    }
    assertThat(reply.status()).as("%s", reply).isIn(201, 202);
    return reply.text("id");
  }

  private static String awaitEnd(TestApi.Calls integrator, String id) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      TestApi.Reply payment = integrator.getInMain("/payments/" + id);
      if (List.of("succeeded", "declined").contains(payment.text("state"))) {
        return payment.text("state");
      }
      assertThat(System.nanoTime()).as("%s", payment).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
  }

  private static int confirmations(StripeStandIn stripe) {
    return (int) stripe.requests().stream().filter(it -> it.path().endsWith("/confirm")).count();
  }
}
