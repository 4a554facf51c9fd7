package io.countersign.server.outbox.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.model.id.EventId;
import io.countersign.model.webhooks.DeliveryState;
import io.countersign.model.webhooks.WebhookDelivery;
import io.countersign.model.webhooks.WebhookEndpoint;
import io.countersign.model.webhooks.WebhookEndpointState;
import io.countersign.server.api.PageRequest;
import io.countersign.server.api.ProblemException;
import io.countersign.server.testing.TestClock;
import io.countersign.server.testing.TestDatabase;
import io.countersign.server.testing.TestPostgres;
import io.countersign.webhook.WebhookSignature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// On PostgreSQL, with a real receiver and a clock that a test moves.
@Timeout(120)
class DeliveryTest {

  private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");
  private static final PageRequest ALL = new PageRequest(1_000, null);

  private final TestDatabase database = TestPostgres.fresh();
  private final TestClock clock = new TestClock(START);
  private final Receiver receiver = new Receiver();
  private final Deliverer server = new Deliverer(database, clock);

  @AfterEach
  void close() {
    server.close();
    receiver.close();
    database.close();
  }

  @Test
  void an_event_comes_signed_with_its_object_and_once() {
    WebhookEndpoint endpoint = server.endpoint(receiver, "payment.*");
    server.tell("payment.succeeded", "pay_a");
    server.tell("hold.open", "hold_a");

    server.drain(endpoint);
    server.drain(endpoint);

    assertThat(receiver.types()).containsExactly("payment.succeeded");
    Receiver.Call call = receiver.calls.getFirst();
    assertThat(call.event().id().toString()).isEqualTo(call.id());
    assertThat(call.json().path("ledger").asString()).isEqualTo("main");
    assertThat(call.json().path("occurredAt").asString()).isEqualTo(START.toString());
    assertThat(call.json().at("/data/amount").asLong()).isEqualTo(1250);
    assertThat(genuine(call, String.valueOf(endpoint.secret()))).isTrue();
    assertThat(delivery(endpoint, 0))
        .satisfies(
            it -> {
              assertThat(it.state()).isEqualTo(DeliveryState.DELIVERED);
              assertThat(it.lastStatus()).isEqualTo(204);
              assertThat(it.attempts()).isEqualTo(1);
              assertThat(it.finishedAt()).isEqualTo(START);
            });
  }

  @Test
  void each_endpoint_gets_what_it_asked_for_from_its_making_on() {
    server.tell("payment.succeeded", "pay_before");
    WebhookEndpoint exact = server.endpoint(receiver, "payment.succeeded", "hold.open");
    WebhookEndpoint all = server.endpoint(receiver, "*", "payment.*", "payment.succeeded");
    server.tell("payment.succeeded", "pay_a");
    server.tell("payment.declined", "pay_b");
    server.tell("hold.open", "hold_a");

    assertThat(subjects(exact)).containsExactly("hold_a", "pay_a");
    assertThat(subjects(all)).containsExactly("hold_a", "pay_b", "pay_a");
  }

  @Test
  void a_failing_event_holds_back_its_object_alone_and_order_is_kept() {
    WebhookEndpoint endpoint = server.endpoint(receiver, "*");
    server.tell("payment.pending_confirmation", "pay_a");
    server.tell("payment.pending_confirmation", "pay_b");
    server.tell("payment.succeeded", "pay_a");
    server.tell("payment.succeeded", "pay_b");
    server.tell("payment.refunded", "pay_a");
    receiver.answer = call -> Receiver.Reply.of(about(call, "pay_a") ? 500 : 204);

    server.drain(endpoint);
    assertThat(told("pay_b")).containsExactly("payment.pending_confirmation", "payment.succeeded");
    assertThat(told("pay_a")).containsExactly("payment.pending_confirmation");

    clock.advance(Duration.ofSeconds(7));
    server.drain(endpoint);
    assertThat(told("pay_a")).hasSize(2).containsOnly("payment.pending_confirmation");

    receiver.answer = call -> Receiver.Reply.of(204);
    clock.advance(Duration.ofMinutes(37));
    server.drain(endpoint);
    assertThat(told("pay_a"))
        .containsExactly(
            "payment.pending_confirmation",
            "payment.pending_confirmation",
            "payment.pending_confirmation",
            "payment.succeeded",
            "payment.refunded");
    assertThat(receiver.ids().stream().distinct()).hasSize(5);
  }

  @Test
  void what_fails_for_three_days_is_given_up_and_lets_the_next_one_go() {
    WebhookEndpoint endpoint = server.endpoint(receiver, "*");
    server.tell("payment.succeeded", "pay_a");
    server.tell("payment.refunded", "pay_a");
    receiver.answer =
        call -> Receiver.Reply.of(call.type().equals("payment.succeeded") ? 500 : 204);

    while (clock.instant().isBefore(START.plus(Duration.ofHours(73)))) {
      server.drain(endpoint);
      clock.advance(Duration.ofMinutes(20));
    }

    WebhookDelivery dead = delivery(endpoint, 1);
    assertThat(dead.state()).isEqualTo(DeliveryState.DEAD);
    assertThat(dead.lastError()).isEqualTo("answered 500");
    assertThat(dead.finishedAt())
        .isBetween(START.plus(Duration.ofDays(3)), START.plus(Duration.ofHours(73)));
    assertThat(dead.attempts()).isBetween(90, 150);
    assertThat(delivery(endpoint, 0).state()).isEqualTo(DeliveryState.DELIVERED);
    assertThat(server.endpoints.get(Deliverer.MAIN, endpoint.id()).deadDeliveries()).isEqualTo(1);
  }

  @Test
  void a_dead_one_is_replayed_under_its_old_id_and_has_three_days_again() {
    WebhookEndpoint endpoint = server.endpoint(receiver, "*");
    server.tell("payment.succeeded", "pay_a");
    receiver.answer = call -> Receiver.Reply.of(500);
    clock.advance(Duration.ofDays(3));
    server.drain(endpoint);
    WebhookDelivery dead = delivery(endpoint, 0);
    assertThat(dead.state()).as("one attempt is made, however late").isEqualTo(DeliveryState.DEAD);

    assertThat(replay(endpoint, dead.eventId()).state()).isEqualTo(DeliveryState.PENDING);
    server.drain(endpoint);
    assertThat(delivery(endpoint, 0).state()).isEqualTo(DeliveryState.PENDING);
    receiver.answer = call -> Receiver.Reply.of(204);
    clock.advance(Duration.ofMinutes(1));
    server.drain(endpoint);

    assertThat(delivery(endpoint, 0).state()).isEqualTo(DeliveryState.DELIVERED);
    assertThat(receiver.ids()).containsOnly(dead.eventId().toString()).hasSize(3);
    assertThat(actions()).contains("webhook-delivery.replay");
  }

  @Test
  void a_replay_brings_forward_what_waits_and_sends_again_what_arrived() {
    WebhookEndpoint endpoint = server.endpoint(receiver, "*");
    server.tell("payment.succeeded", "pay_a");
    server.tell("payment.refunded", "pay_a");
    receiver.answer = call -> Receiver.Reply.of(503);
    server.drain(endpoint);
    receiver.answer = call -> Receiver.Reply.of(204);
    server.drain(endpoint);
    assertThat(receiver.calls).as("it is not due yet").hasSize(1);

    replay(endpoint, delivery(endpoint, 1).eventId());
    server.drain(endpoint);
    assertThat(told("pay_a"))
        .containsExactly("payment.succeeded", "payment.succeeded", "payment.refunded");

    replay(endpoint, delivery(endpoint, 0).eventId());
    server.drain(endpoint);
    assertThat(told("pay_a")).hasSize(4).endsWith("payment.refunded");
  }

  @Test
  void one_that_is_gone_is_disabled_and_goes_on_when_it_is_enabled() {
    WebhookEndpoint endpoint = server.endpoint(receiver, "*");
    server.tell("payment.succeeded", "pay_a");
    server.tell("payment.refunded", "pay_a");
    receiver.answer = call -> Receiver.Reply.of(410);
    server.drain(endpoint);

    WebhookEndpoint disabled = server.endpoints.get(Deliverer.MAIN, endpoint.id());
    assertThat(disabled.state()).isEqualTo(WebhookEndpointState.DISABLED);
    assertThat(disabled.disabledReason()).contains("410");
    assertThat(actions()).contains("webhook-endpoint.disable");
    assertThat(server.work.endpointsWithWork()).isEmpty();
    server.tell("hold.open", "hold_a");
    assertThat(subjects(endpoint)).as("nothing new is queued").doesNotContain("hold_a");
    EventId event = delivery(endpoint, 0).eventId();
    assertThatThrownBy(() -> replay(endpoint, event))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> assertThat(refused.problem().slug()).isEqualTo("wrong-state"));
    clock.advance(Duration.ofHours(1));
    server.drain(endpoint);
    assertThat(receiver.calls).hasSize(1);

    receiver.answer = call -> Receiver.Reply.of(204);
    server.transactions.run(
        () -> server.endpoints.enable(Deliverer.MAIN, Deliverer.INTEGRATOR, endpoint.id()));
    server.drain(endpoint);
    assertThat(told("pay_a"))
        .containsExactly("payment.succeeded", "payment.succeeded", "payment.refunded");
  }

  @Test
  void an_endpoint_that_asks_for_time_gets_it() {
    WebhookEndpoint endpoint = server.endpoint(receiver, "*");
    server.tell("payment.succeeded", "pay_a");
    receiver.answer = call -> new Receiver.Reply(429, Map.of("Retry-After", "600"));
    server.drain(endpoint);
    assertThat(delivery(endpoint, 0).nextAttemptAt()).isEqualTo(START.plusSeconds(600));
    clock.advance(Duration.ofSeconds(599));
    server.drain(endpoint);
    assertThat(receiver.calls).hasSize(1);
    clock.advance(Duration.ofSeconds(1));
    server.drain(endpoint);
    assertThat(receiver.calls).hasSize(2);
  }

  @Test
  void what_a_killed_server_was_at_is_delivered_by_another_under_the_same_id() {
    WebhookEndpoint endpoint = server.endpoint(receiver, "*");
    server.tell("payment.succeeded", "pay_a");
    server.tell("payment.refunded", "pay_a");
    try (Deliverer other = new Deliverer(database, clock)) {
      DeliveryWork.Claimed lost = other.work.claim(Deliverer.key(endpoint), 8).orElseThrow();
      assertThat(lost.due()).as("the first of its object alone").hasSize(1);

      server.drain(endpoint);
      clock.advance(Deliverer.SETTINGS.callTimeout().multipliedBy(2));
      server.drain(endpoint);
      assertThat(receiver.calls).as("it may be on its way").isEmpty();

      clock.advance(Deliverer.SETTINGS.callTimeout().multipliedBy(2));
      server.drain(endpoint);
      assertThat(told("pay_a")).containsExactly("payment.succeeded", "payment.refunded");
      assertThat(receiver.ids().getFirst()).isEqualTo(lost.due().getFirst().event().toString());

      // It was not dead but slow: it sends once more, and writes nothing over what was written.
      receiver.answer = call -> Receiver.Reply.of(500);
      other.work.deliver(lost.endpoint(), lost.due().getFirst());
      assertThat(delivery(endpoint, 1).state()).isEqualTo(DeliveryState.DELIVERED);
    }
  }

  @RepeatedTest(5)
  void two_servers_share_the_work_and_keep_the_order_of_each_object() throws Exception {
    WebhookEndpoint endpoint = server.endpoint(receiver, "*");
    List<String> steps =
        List.of("payment.created", "payment.submitted", "payment.succeeded", "payment.refunded");
    int objects = 30;
    try (Deliverer other = new Deliverer(database, clock);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (String step : steps) {
        for (int i = 0; i < objects; i++) {
          server.tell(step, "pay_" + i);
        }
      }
      for (Deliverer each : List.of(server, other, server, other)) {
        running.add(threads.submit(() -> drainAll(each, endpoint)));
      }
      for (Future<?> each : running) {
        each.get();
      }
    }
    Map<String, List<String>> bySubject = new HashMap<>();
    for (Receiver.Call call : receiver.calls) {
      bySubject
          .computeIfAbsent(call.json().at("/data/id").asString(), it -> new ArrayList<>())
          .add(call.type());
    }
    assertThat(bySubject).hasSize(objects);
    assertThat(bySubject.values()).allMatch(steps::equals);
    assertThat(receiver.ids()).doesNotHaveDuplicates();
  }

  // PostgreSQL has not counted the rows yet, and a plan that joins them took minutes for one claim.
  @Test
  void a_queue_that_grew_long_in_a_moment_is_claimed_from_at_once() {
    WebhookEndpoint endpoint = server.endpoint(receiver, "*");
    server.transactions.run(
        () -> {
          for (int i = 0; i < 3_000; i++) {
            server.publish("payment.created", "pay_" + i % 1_000);
          }
        });
    long begun = System.nanoTime();
    int claimed = 0;
    for (int i = 0; i < 20; i++) {
      claimed += server.work.claim(Deliverer.key(endpoint), 8).orElseThrow().due().size();
    }
    assertThat(claimed).isEqualTo(160);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void while_a_secret_is_replaced_both_sign() {
    WebhookEndpoint endpoint = server.endpoint(receiver, "*");
    String old = String.valueOf(endpoint.secret());
    String fresh = server.rotate(endpoint);
    assertThat(fresh).isNotEqualTo(old);
    server.tell("payment.created", "pay_a");
    server.drain(endpoint);
    assertThat(genuine(receiver.calls.getFirst(), old)).isTrue();
    assertThat(genuine(receiver.calls.getFirst(), fresh)).isTrue();

    clock.advance(Duration.ofDays(1));
    server.tell("payment.submitted", "pay_a");
    server.drain(endpoint);
    assertThat(genuine(receiver.calls.getLast(), old)).isFalse();
    assertThat(genuine(receiver.calls.getLast(), fresh)).isTrue();
    assertThat(server.endpoints.get(Deliverer.MAIN, endpoint.id()).previousSecretUntil()).isNull();
  }

  @Test
  void what_ended_long_ago_is_forgotten_and_what_waits_is_not() {
    WebhookEndpoint endpoint = server.endpoint(receiver, "payment.*");
    WebhookEndpoint deleted = server.endpoint(receiver, "*");
    server.tell("payment.succeeded", "pay_a");
    server.tell("hold.open", "hold_a");
    server.drain(endpoint);
    server.transactions.run(
        () -> server.endpoints.delete(Deliverer.MAIN, Deliverer.INTEGRATOR, deleted.id()));
    server.purge.purge();
    assertThat(rows("outbox.delivery")).as("those of a deleted endpoint go at once").isEqualTo(1);
    assertThat(rows("outbox.endpoint")).isEqualTo(1);
    assertThat(rows("outbox.event")).isEqualTo(2);

    clock.advance(Duration.ofDays(31));
    server.tell("payment.refunded", "pay_a");
    server.purge.purge();
    assertThat(subjects(endpoint)).containsExactly("pay_a");
    assertThat(delivery(endpoint, 0).type()).isEqualTo("payment.refunded");
    assertThat(rows("outbox.event")).isEqualTo(1);

    clock.advance(Duration.ofDays(365));
    server.purge.purge();
    assertThat(rows("outbox.delivery")).as("it has not been told yet").isEqualTo(1);
  }

  @Test
  void an_event_of_a_commit_that_failed_is_never_told() {
    WebhookEndpoint endpoint = server.endpoint(receiver, "*");
    assertThatThrownBy(
            () ->
                server.transactions.run(
                    () -> {
                      server.publish("payment.succeeded", "pay_a");
                      throw new IllegalStateException("undone");
                    }))
        .hasMessage("undone");
    server.tell("payment.created", "pay_b");
    server.drain(endpoint);
    assertThat(receiver.types()).containsExactly("payment.created");
  }

  private static void drainAll(Deliverer server, WebhookEndpoint endpoint) {
    while (server.deliveryStore.counts(Deliverer.key(endpoint)).pending() > 0) {
      server.drain(endpoint);
    }
  }

  private WebhookDelivery replay(WebhookEndpoint endpoint, EventId event) {
    return server.transactions.write(
        () -> server.endpoints.replay(Deliverer.MAIN, Deliverer.INTEGRATOR, endpoint.id(), event));
  }

  /// @param place 0 for the newest
  private WebhookDelivery delivery(WebhookEndpoint endpoint, int place) {
    return server.endpoints.deliveries(Deliverer.MAIN, endpoint.id(), null, ALL).items().get(place);
  }

  private List<String> subjects(WebhookEndpoint endpoint) {
    return server.endpoints.deliveries(Deliverer.MAIN, endpoint.id(), null, ALL).items().stream()
        .map(WebhookDelivery::subject)
        .toList();
  }

  private List<String> told(String subject) {
    return receiver.calls.stream()
        .filter(call -> about(call, subject))
        .map(Receiver.Call::type)
        .toList();
  }

  private static boolean about(Receiver.Call call, String subject) {
    return call.json().at("/data/id").asString("").equals(subject);
  }

  private boolean genuine(Receiver.Call call, String secret) {
    return WebhookSignature.of(secret)
        .isGenuine(
            call.id(),
            call.headers().get("webhook-timestamp"),
            call.headers().get("webhook-signature"),
            call.body(),
            clock);
  }

  private List<String> actions() {
    return database.jdbcAsOwner().sql("SELECT action FROM audit.record").query(String.class).list();
  }

  private long rows(String table) {
    return database.jdbcAsOwner().sql("SELECT count(*) FROM " + table).query(Long.class).single();
  }
}
