package io.countersign.server.payments;

import static io.countersign.server.payments.ScriptedProvider.SILENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.TestApi;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/// A provider that answers no send. On a server of its own: others would wait with it.
@TestPropertySource(
    properties = {
      "countersign.payments.circuit.opens-after=20",
      "countersign.payments.circuit.pause=1s",
      "countersign.payments.calls-at-once.requests=4",
      "countersign.payments.calls-at-once.background=2"
    })
class OpenCircuitTest extends PaymentsServer {

  @Test
  void new_payments_wait_unsent_until_a_trial_is_answered_and_then_go_by_themselves() {
    provider.onCharge = order -> SILENCE;
    for (int sends = 0; sends < 20; sends++) {
      assertThat(charge("scripted", "any").text("state")).isEqualTo("pending_confirmation");
    }
    int sent = provider.sent.size();
    List<String> waiting = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      TestApi.Reply made = charge("scripted", "any");
      assertThat(made.status()).as("%s", made).isEqualTo(202);
      waiting.add(made.text("id"));
    }
    assertThat(provider.sent.size() - sent).as("at most a trial per pause").isLessThan(5);
    assertThat(waiting.stream().map(id -> payment(id).text("state"))).contains("created");
    assertThat(charge("sandbox", "tok_ok").status()).as("another provider").isEqualTo(201);

    provider.onCharge = order -> ScriptedProvider.charged();
    provider.onLookUp = key -> ScriptedProvider.charged();
    waiting.forEach(id -> awaitPayment(id, "succeeded"));

    assertThat(charge("scripted", "any").status()).as("it is closed again").isEqualTo(201);
    assertThat(provider.sent).doesNotHaveDuplicates();
    for (String id : waiting) {
      assertThat(integrator().getInMain("/payments/" + id).json().path("transactions")).hasSize(1);
    }
  }

  @Test
  void refunds_wait_unsent_too_and_then_go_by_themselves() {
    List<String> charged = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      charged.add(charge("scripted", "any").text("id"));
    }
    provider.onRefund = order -> SILENCE;
    provider.onCharge = order -> SILENCE;
    for (int sends = 0; sends < 20; sends++) {
      charge("scripted", "any");
    }
    List<String> refunds = new ArrayList<>();
    for (String id : charged) {
      TestApi.Reply made = refund(id, refundOf(250));
      assertThat(made.status()).as("%s", made).isEqualTo(202);
      refunds.add(made.text("id"));
    }
    assertThat(provider.refundsSent.size()).as("at most a trial per pause").isLessThan(5);
    assertThat(refunds.stream().map(this::refundState)).contains("submitted");
    assertThat(available(merchant)).as("the funds are held").isEqualTo(5 * 1000L);

    provider.onRefund = order -> ScriptedProvider.refunded();
    provider.onRefundLookUp = key -> ScriptedProvider.refunded();
    provider.onCharge = order -> ScriptedProvider.charged();
    refunds.forEach(id -> await(() -> integrator().getInMain("/refunds/" + id), "succeeded"));
    assertThat(provider.refundsSent).hasSize(5).doesNotHaveDuplicates();
    assertThat(posted(merchant)).isEqualTo(5 * 1000L);
    assertThat(charge("scripted", "any").status()).as("it is closed again").isEqualTo(201);
  }

  private String refundState(String id) {
    return integrator().getInMain("/refunds/" + id).text("state");
  }

  @Test
  void a_provider_that_keeps_everybody_waiting_gets_no_more_calls_and_hurts_no_other()
      throws Exception {
    CountDownLatch answers = new CountDownLatch(1);
    Semaphore waiting = new Semaphore(0);
    provider.onCharge =
        order -> {
          waiting.release();
          awaitQuietly(answers);
          return ScriptedProvider.charged();
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<TestApi.Reply>> taken = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        taken.add(threads.submit(() -> charge("scripted", "any")));
      }
      assertThat(waiting.tryAcquire(4, 20, TimeUnit.SECONDS)).isTrue();
      List<String> parked = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        TestApi.Reply made = charge("scripted", "any");
        assertThat(made.status()).as("%s", made).isEqualTo(202);
        assertThat(made.text("state")).isEqualTo("submitted");
        parked.add(made.text("id"));
      }
      assertThat(charge("sandbox", "tok_ok").status()).as("another provider").isEqualTo(201);
      assertThat(provider.sent.size()).as("4 for callers, 2 in the background").isBetween(4, 6);
      answers.countDown();
      for (Future<TestApi.Reply> reply : taken) {
        assertThat(reply.get().status()).isEqualTo(201);
      }
      parked.forEach(id -> awaitPayment(id, "succeeded"));
    }
    assertThat(provider.sent).hasSize(9).doesNotHaveDuplicates();
    assertThat(transactions("charge")).isEqualTo(10);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
