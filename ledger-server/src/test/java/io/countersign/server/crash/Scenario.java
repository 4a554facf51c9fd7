package io.countersign.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.TestApi;
import io.countersign.server.testing.TestApi.Reply;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// A piece of work whose every boundary the server is killed at. Each run of it has a tag of its
/// own, and works on accounts of its own.
abstract class Scenario {

  static final long AMOUNT = 1250;
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int REPEATS_MAX = 20;

  final Bench bench;
  private final Set<String> prepared = new HashSet<>();

  Scenario(Bench bench) {
    this.bench = bench;
  }

  /// Makes what the run needs.
  abstract void prepare(String tag);

  final void prepareOnce(String tag) {
    if (prepared.add(tag)) {
      prepare(tag);
    }
  }

  /// Asks for the work under a key of the run's own: the first time, and after the kill.
  abstract Reply ask(String tag);

  /// Waits for its end and checks that it is the right one, whole and once.
  ///
  /// @param answer of a server that was asked and lives
  abstract void check(String tag, Reply answer);

  /// As the contract says: what is unavailable or still running is repeated with the same key.
  final Reply askAgain(String tag) {
    Reply reply = ask(tag);
    for (int again = 0;
        again < REPEATS_MAX && (reply.status() == 503 || reply.status() == 409);
        again++) {
      LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
      reply = ask(tag);
    }
    assertThat(reply.status()).as("%s: %s", tag, reply).isIn(201, 202);
    return reply;
  }

  final TestApi.Calls integrator() {
    return bench.integrator();
  }

  final void openMerchant(String tag) {
    Reply opened =
        integrator()
            .postInMain(
                "/accounts",
                """
                {"code": "merchants:%s", "name": "x", "type": "LIABILITY", "currency": "EUR",
                 "minimumBalance": 0}
                """
                    .formatted(tag));
    assertThat(opened.status()).as("%s", opened).isEqualTo(201);
  }

  final Reply charge(String tag, String token) {
    return integrator()
        .withKey("charge-" + tag)
        .postInMain(
            "/payments",
            """
            {"amount": {"minorUnits": %d, "currency": "EUR"}, "merchantAccount": "merchants:%s",
             "provider": "sandbox", "paymentMethod": "%s", "reference": "%s"}
            """
                .formatted(AMOUNT, tag, token, tag));
  }

  final Reply await(Supplier<Reply> look, Set<String> states) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Reply last = look.get();
    while (!states.contains(last.text("state"))) {
      assertThat(System.nanoTime()).as("waiting for %s: %s", states, last).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      last = look.get();
    }
    return last;
  }

  final long posted(String account) {
    return integrator()
        .getInMain("/accounts/" + account + "/balance")
        .json()
        .path("posted")
        .asLong();
  }

  final int transactions(String account, String kind) {
    return integrator()
        .getInMain("/transactions?account=" + account + "&kind=" + kind)
        .json()
        .path("items")
        .size();
  }

  /// The one charge that the acquirer made for this payment.
  final JsonNode charged(String payment) {
    JsonNode charges = bench.charges(payment + "-charge");
    assertThat(charges.size()).as("%s at the acquirer", payment).isEqualTo(1);
    return charges.path(0);
  }
}
