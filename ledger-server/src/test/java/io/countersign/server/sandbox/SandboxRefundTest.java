package io.countersign.server.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.server.sandbox.SandboxClient.Reply;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class SandboxRefundTest {

  @TempDir Path home;
  private SandboxAcquirer acquirer;
  private SandboxClient client;

  @BeforeEach
  void start() {
    acquirer = SandboxAcquirer.start(SandboxClient.environment(home), Clock.systemUTC());
    client = new SandboxClient(acquirer);
    client.charge("c1", "tok_ok", 1000, null);
  }

  @AfterEach
  void stop() {
    acquirer.close();
  }

  @Test
  void parts_are_refunded_until_nothing_is_left() {
    assertThat(client.refund("r1", "c1", 400, "").text("status")).isEqualTo("refunded");
    assertThat(client.refund("r1", "c1", 400, "").status()).isEqualTo(201);
    assertThat(charge().path("state").asString()).isEqualTo("charged");
    assertThat(charge().path("refundedMinorUnits").asLong()).isEqualTo(400);
    assertThat(client.refund("r2", "c1", 600, "").status()).isEqualTo(201);
    assertThat(charge().path("state").asString()).isEqualTo("refunded");
    Reply above = client.refund("r3", "c1", 1, "");
    assertThat(above.status()).isEqualTo(402);
    assertThat(above.text("declineCode")).isEqualTo("refund_exceeds_charge");
  }

  @Test
  void concurrent_refunds_never_give_back_more_than_was_charged() throws Exception {
    List<Future<Reply>> replies = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int number = 0; number < 20; number++) {
        String key = "r" + number;
        replies.add(threads.submit(() -> client.refund(key, "c1", 300, "")));
      }
    }
    long refunded = 0;
    for (Future<Reply> reply : replies) {
      refunded += reply.get().status() == 201 ? 1 : 0;
    }
    assertThat(refunded).isEqualTo(3);
    assertThat(charge().path("refundedMinorUnits").asLong()).isEqualTo(900);
  }

  @Test
  void a_charge_that_never_was_is_not_refunded() {
    client.charge("c2", "tok_declined");
    assertThat(client.refund("r1", "c2", 1, "").text("declineCode")).isEqualTo("no_such_charge");
    assertThat(client.refund("r2", "c9", 1, "").text("declineCode")).isEqualTo("no_such_charge");
  }

  @Test
  void a_token_in_the_description_decides_how_the_refund_behaves() {
    assertThat(client.refund("r1", "c1", 100, "odd tok_declined, please").status()).isEqualTo(402);
    assertThatThrownBy(() -> client.refund("r2", "c1", 100, "tok_charged_no_answer"))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(client.get("/v1/refunds/r2").text("status")).isEqualTo("refunded");
    assertThatThrownBy(() -> client.refund("r3", "c1", 100, "tok_not_charged_no_answer"))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(client.get("/v1/refunds/r3").text("error")).isEqualTo("no_such_refund");
    assertThat(client.refund("r4", "c1", 100, "tok_flaky").status()).isEqualTo(503);
    assertThat(charge().path("refundedMinorUnits").asLong()).isEqualTo(100);
  }

  @Test
  void a_silent_charge_is_refunded_like_any_other() {
    SandboxClient hasty = new SandboxClient(acquirer, Duration.ofMillis(700));
    assertThatThrownBy(() -> hasty.charge("c2", "tok_silent"))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(client.refund("r1", "c2", 1250, "").status()).isEqualTo(201);
  }

  private JsonNode charge() {
    return client.charges("c1").get(0);
  }
}
