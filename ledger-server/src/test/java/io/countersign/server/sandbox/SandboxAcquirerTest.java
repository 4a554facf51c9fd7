package io.countersign.server.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.server.sandbox.SandboxClient.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SandboxAcquirerTest {

  @TempDir Path home;
  private SandboxAcquirer acquirer;
  private SandboxClient client;

  @BeforeEach
  void start() {
    acquirer = SandboxAcquirer.start(SandboxClient.environment(home), Clock.systemUTC());
    client = new SandboxClient(acquirer);
  }

  @AfterEach
  void stop() {
    acquirer.close();
  }

  private void restart() {
    acquirer.close();
    start();
  }

  @Test
  void a_good_card_is_charged_and_found_again() {
    Reply charged = client.charge("k1", "tok_ok");
    assertThat(charged.status()).isEqualTo(201);
    assertThat(charged.text("status")).isEqualTo("charged");
    assertThat(charged.text("reference")).startsWith("sbx_ch_");
    assertThat(client.lookUp("k1").body()).isEqualTo(charged.body());
  }

  @Test
  void the_list_of_charges_has_exactly_the_documented_shape() {
    client.charge("k1", "tok_ok");
    client.charge("other", "tok_ok");
    JsonNode charges = client.charges("k1");
    assertThat(charges.size()).isOne();
    assertThat(charges.get(0).propertyNames())
        .containsExactlyInAnyOrder(
            "reference", "key", "amount", "state", "refundedMinorUnits", "at");
    assertThat(charges.get(0).path("amount").path("minorUnits").asLong()).isEqualTo(1250);
    assertThat(charges.get(0).path("amount").path("currency").asString()).isEqualTo("EUR");
    assertThat(charges.get(0).path("state").asString()).isEqualTo("charged");
    assertThat(Instant.parse(charges.get(0).path("at").asString())).isNotNull();
    assertThat(client.charges("nobody").size()).isZero();
  }

  @Test
  void fifty_sends_at_once_under_one_key_charge_once() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Reply>> sends =
          java.util.Collections.nCopies(50, () -> client.charge("hot", "tok_ok"));
      List<Future<Reply>> replies = threads.invokeAll(sends);
      for (Future<Reply> reply : replies) {
        assertThat(reply.get().status()).isEqualTo(201);
        assertThat(reply.get().body()).isEqualTo(replies.getFirst().get().body());
      }
    }
    assertThat(client.charges("hot").size()).isOne();
    assertThat(Files.readAllLines(home.resolve("operations.jsonl"))).hasSize(1);
  }

  @Test
  void a_key_stands_for_one_request() {
    client.charge("k1", "tok_ok");
    assertThat(client.charge("k1", "tok_ok", 9999, null).status()).isEqualTo(422);
    assertThat(client.charge("k1", "tok_declined").status()).isEqualTo(422);
    assertThat(client.charges("k1").size()).isOne();
  }

  @Test
  void a_slow_answer_comes_after_800_ms() {
    long before = System.nanoTime();
    assertThat(client.charge("k1", "tok_slow").status()).isEqualTo(201);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(790));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tok_declined", "4242424242424242"})
  void a_decline_is_an_answer_and_no_charge(String token) {
    Reply declined = client.charge("k1", token);
    assertThat(declined.status()).isEqualTo(402);
    assertThat(declined.text("status")).isEqualTo("declined");
    assertThat(declined.text("declineCode")).isNotEmpty();
    assertThat(client.charge("k1", token).body()).isEqualTo(declined.body());
    assertThat(client.lookUp("k1").text("status")).isEqualTo("declined");
    assertThat(client.charges("k1").size()).isZero();
  }

  @Test
  void charged_without_an_answer_drops_the_connection_every_time_and_charges_once() {
    for (int send = 0; send < 3; send++) {
      assertThatThrownBy(() -> client.charge("k1", "tok_charged_no_answer"))
          .isInstanceOf(UncheckedIOException.class)
          .cause()
          .isNotInstanceOf(HttpTimeoutException.class);
    }
    assertThat(client.charges("k1").size()).isOne();
    assertThat(client.lookUp("k1").text("status")).isEqualTo("charged");
  }

  @Test
  void not_charged_without_an_answer_drops_the_connection_and_lookups_say_so() {
    assertThatThrownBy(() -> client.charge("k1", "tok_not_charged_no_answer"))
        .isInstanceOf(UncheckedIOException.class)
        .cause()
        .isNotInstanceOf(HttpTimeoutException.class);
    Reply lookup = client.lookUp("k1");
    assertThat(lookup.status()).isEqualTo(404);
    assertThat(lookup.text("error")).isEqualTo("no_such_charge");
    assertThat(lookup.text("key")).isEqualTo("k1");
    assertThat(client.charges("k1").size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tok_silent", "tok_late_webhook"})
  void a_silent_charge_is_made_and_neither_sends_nor_lookups_are_answered(String token) {
    SandboxClient hasty = new SandboxClient(acquirer, Duration.ofMillis(700));
    assertThatThrownBy(() -> hasty.charge("k1", token))
        .hasCauseInstanceOf(HttpTimeoutException.class);
    assertThatThrownBy(() -> hasty.lookUp("k1")).hasCauseInstanceOf(HttpTimeoutException.class);
    assertThat(client.charges("k1").size()).isOne();
  }

  @Test
  void a_flaky_charge_succeeds_at_the_third_send_even_with_a_restart_between() {
    assertThat(client.charge("k1", "tok_flaky").status()).isEqualTo(503);
    assertThat(client.charges("k1").size()).isZero();
    restart();
    assertThat(client.charge("k1", "tok_flaky").status()).isEqualTo(503);
    assertThat(client.lookUp("k1").status()).isEqualTo(404);
    assertThat(client.charge("k1", "tok_flaky").status()).isEqualTo(201);
    assertThat(client.charge("k1", "tok_flaky").status()).isEqualTo(201);
    assertThat(client.charges("k1").size()).isOne();
  }

  @Test
  void a_late_send_under_a_cancelled_key_is_refused_and_charges_nothing() {
    assertThat(client.cancel("k1").text("status")).isEqualTo("cancelled");
    Reply late = client.charge("k1", "tok_ok");
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.text("status")).isEqualTo("cancelled");
    restart();
    assertThat(client.charge("k1", "tok_ok").status()).isEqualTo(409);
    assertThat(client.charges("k1").get(0).path("state").asString()).isEqualTo("cancelled");
    assertThat(client.cancel("k1").status()).isEqualTo(200);
  }

  @Test
  void what_was_charged_is_not_cancelled() {
    client.charge("k1", "tok_ok");
    Reply tooLate = client.cancel("k1");
    assertThat(tooLate.status()).isEqualTo(409);
    assertThat(tooLate.text("status")).isEqualTo("charged");
  }

  @Test
  void of_a_send_and_a_cancellation_at_once_exactly_one_wins() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 100; round++) {
        String key = "race-" + round;
        Future<Reply> charge = threads.submit(() -> client.charge(key, "tok_ok"));
        Future<Reply> cancel = threads.submit(() -> client.cancel(key));
        assertThat(charge.get().text("status")).isEqualTo(cancel.get().text("status"));
        assertThat(client.charges(key).get(0).path("state").asString())
            .isEqualTo(charge.get().text("status"));
      }
    }
  }

  @Test
  void what_it_did_survives_a_restart_with_a_torn_last_line() throws IOException {
    client.charge("k1", "tok_ok");
    client.charge("k2", "tok_ok");
    client.refund("r1", "k1", 250, "");
    String before = client.get("/sandbox/charges").body();
    acquirer.close();
    Path log = home.resolve("operations.jsonl");
    Files.writeString(log, "{\"operation\":{\"kind\":\"CHA", StandardOpenOption.APPEND);
    start();
    assertThat(client.get("/sandbox/charges").body()).isEqualTo(before);
    client.charge("k3", "tok_ok");
    restart();
    assertThat(client.charges("k3").size()).isOne();
    assertThat(client.charges("k1").get(0).path("refundedMinorUnits").asLong()).isEqualTo(250);
  }

  @Test
  void damage_inside_the_log_stops_the_start() throws IOException {
    client.charge("k1", "tok_ok");
    client.charge("k2", "tok_ok");
    acquirer.close();
    Path log = home.resolve("operations.jsonl");
    Files.writeString(log, Files.readString(log).replaceFirst("CHARGE", "CH\"RGE"));
    assertThatThrownBy(this::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("damaged at byte 0");
  }

  @Test
  void a_second_acquirer_on_the_same_folder_is_refused() {
    assertThatThrownBy(
            () -> SandboxAcquirer.start(SandboxClient.environment(home), Clock.systemUTC()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("another sandbox acquirer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{\"amount\": {\"minorUnits\": 0, \"currency\": \"EUR\"}, \"paymentMethod\": \"tok_ok\"}",
        "{\"amount\": {\"minorUnits\": 1.5, \"currency\": \"EUR\"}, \"paymentMethod\": \"tok_ok\"}",
        "{\"amount\": {\"minorUnits\": 1, \"currency\": \"ZZZ\"}, \"paymentMethod\": \"tok_ok\"}",
        "{\"amount\": {\"minorUnits\": 1, \"currency\": \"EUR\"}}"
      })
  void nonsense_is_refused_and_leaves_nothing(String body) {
    assertThat(
            client.send(client.post("/v1/charges", body).header("Idempotency-Key", "k1")).status())
        .isEqualTo(400);
    assertThat(client.charges("k1").size()).isZero();
  }

  @Test
  void it_says_that_it_is_up() {
    assertThat(client.get("/sandbox/health").text("status")).isEqualTo("UP");
    assertThat(client.get("/nowhere").status()).isEqualTo(404);
    assertThat(client.send(client.post("/sandbox/health", "")).status()).isEqualTo(405);
  }
}
