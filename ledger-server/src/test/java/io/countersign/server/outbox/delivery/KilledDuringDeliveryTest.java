package io.countersign.server.outbox.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.ServerProcess;
import io.countersign.server.testing.TestApi;
import io.countersign.server.testing.TestApi.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that is killed while a receiver is at an event, and does not know whether it has it.
class KilledDuringDeliveryTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "COUNTERSIGN_ADMIN_PASSWORD", TestApi.ADMIN_PASSWORD,
          "COUNTERSIGN_WEBHOOKS_ALLOWPRIVATENETWORKS", "true",
          "COUNTERSIGN_WEBHOOKS_CALLTIMEOUT", "3s");

  @TempDir Path home;

  @Test
  void the_event_comes_again_under_its_id_and_before_those_after_it() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch killed = new CountDownLatch(1);
    try (Receiver receiver = new Receiver()) {
      receiver.answer =
          call -> {
            arrived.countDown();
            waitFor(killed);
            return Receiver.Reply.of(204);
          };
      try (ServerProcess first = ServerProcess.start(home, ENVIRONMENT).awaitUp()) {
        TestApi.Calls integrator = TestApi.at(first.port()).as("integrator");
        Reply made =
            integrator.postInMain(
                "/webhook-endpoints",
                "{\"url\": \"%s\", \"events\": [\"hold.*\"]}".formatted(receiver.url()));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        open(integrator, "bank", "ASSET");
        open(integrator, "wallet", "LIABILITY");
        String hold = hold(integrator);
        assertThat(arrived.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        Reply released = integrator.postInMain("/holds/" + hold + "/release", "{}");
        assertThat(released.status()).as(released.toString()).isEqualTo(200);
        first.kill();
      }
      killed.countDown();
      try (ServerProcess next = ServerProcess.start(home, ENVIRONMENT).awaitUp()) {
        awaitType(receiver, "hold.released", next);
      }
      // On a slow machine the first server may have tried it twice before it was killed.
      List<Receiver.Call> opened =
          List.copyOf(receiver.calls).subList(0, receiver.calls.size() - 1);
      assertThat(opened).hasSizeGreaterThan(1).allMatch(call -> call.type().equals("hold.open"));
      assertThat(opened.stream().map(Receiver.Call::id).distinct()).hasSize(1);
      assertThat(receiver.types()).endsWith("hold.released");
    }
  }

  private static void awaitType(Receiver receiver, String type, ServerProcess server)
      throws IOException, InterruptedException {
    long begun = System.nanoTime();
    while (!receiver.types().contains(type)) {
      if (System.nanoTime() - begun > PATIENCE.toNanos()) {
        throw new AssertionError("no " + type + " came: " + server.output());
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String hold(TestApi.Calls integrator) {
    Reply made =
        integrator.postInMain(
            "/holds",
            """
            {"from": "bank", "to": "wallet", "description": "Room 12", "expiresAt": "%s",
             "amount": {"minorUnits": 10, "currency": "EUR"}}\
            """
                .formatted(Instant.now().plus(Duration.ofDays(1))));
    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    return made.text("id");
  }

  private static void open(TestApi.Calls integrator, String code, String type) {
    Reply made =
        integrator.postInMain(
            "/accounts",
            "{\"code\": \"%s\", \"name\": \"x\", \"type\": \"%s\", \"currency\": \"EUR\"}"
                .formatted(code, type));
    assertThat(made.status()).as(made.toString()).isEqualTo(201);
  }
}
