package io.countersign.server.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SandboxWebhookTest {

  record Received(String id, String timestamp, String signature, String body, long atNanos) {

    String type() {
      return json().path("type").asString();
    }

    JsonNode json() {
      return new JsonMapper().readTree(body);
    }
  }

  @TempDir Path home;
  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final AtomicInteger failuresLeft = new AtomicInteger();
  private SandboxAcquirer acquirer;
  private SandboxClient client;
  private HttpServer receiver;
  private String url;

  @BeforeEach
  void start() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", this::receive);
    receiver.start();
    url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/webhooks";
    startAcquirer();
  }

  private void startAcquirer() {
    acquirer = SandboxAcquirer.start(SandboxClient.environment(home), Clock.systemUTC());
    client = new SandboxClient(acquirer);
  }

  @AfterEach
  void stop() {
    acquirer.close();
    receiver.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    boolean fails = failuresLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    if (!fails) {
      received.add(
          new Received(
              exchange.getRequestHeaders().getFirst("webhook-id"),
              exchange.getRequestHeaders().getFirst("webhook-timestamp"),
              exchange.getRequestHeaders().getFirst("webhook-signature"),
              body,
              System.nanoTime()));
    }
    exchange.sendResponseHeaders(fails ? 500 : 204, -1);
    exchange.close();
  }

  private SandboxClient hasty() {
    return new SandboxClient(acquirer, Duration.ofMillis(700));
  }

  private Received next() throws InterruptedException {
    Received next = received.poll(15, TimeUnit.SECONDS);
    assertThat(next).as("a webhook within 15 seconds").isNotNull();
    return java.util.Objects.requireNonNull(next);
  }

  @Test
  void the_outcome_is_told_under_a_signature_over_the_raw_body() throws InterruptedException {
    client.charge("k1", "tok_ok", 1250, url);
    List<Received> both = List.of(next(), next());
    assertThat(both).extracting(Received::type).contains("charge.succeeded");
    for (Received event : both) {
      assertThat(event.signature())
          .isEqualTo(
              new WebhookSigner(SandboxSettings.PUBLISHED_SECRET)
                  .sign(event.id(), Long.parseLong(event.timestamp()), event.body()));
      assertThat(event.json().path("data").path("key").asString()).isEqualTo("k1");
    }
  }

  @Test
  void a_signature_is_the_one_that_standard_webhooks_gives_as_its_example() {
    // The example of the specification's reference libraries.
    assertThat(
            new WebhookSigner("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                .sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void an_event_is_repeated_until_it_is_taken() throws InterruptedException {
    failuresLeft.set(2);
    client.charge("k1", "tok_declined", 1250, url);
    assertThat(List.of(next().type(), next().type()))
        .containsExactlyInAnyOrder("charge.pending", "charge.declined");
  }

  @Test
  void some_keys_hear_twice_and_some_hear_the_outcome_first() throws InterruptedException {
    for (int number = 0; number < 12; number++) {
      client.charge("k" + number, "tok_ok", 1250, url);
    }
    List<String> firstTypes = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    boolean repeated = false;
    while (firstTypes.size() < 12 || !repeated) {
      Received event = next();
      String key = event.json().path("data").path("key").asString();
      repeated |= seen.contains(event.id());
      if (seen.stream().noneMatch(key::equals)) {
        firstTypes.add(event.type());
        seen.add(key);
      }
      seen.add(event.id());
    }
    assertThat(firstTypes).contains("charge.pending", "charge.succeeded");
  }

  @Test
  void the_late_webhook_comes_after_five_seconds_even_with_a_restart_between()
      throws InterruptedException {
    long before = System.nanoTime();
    try {
      hasty().charge("k1", "tok_late_webhook", 1250, url);
    } catch (UncheckedIOException noAnswer) {
      acquirer.close();
      startAcquirer();
    }
    Received late = next();
    assertThat(late.type()).isEqualTo("charge.succeeded");
    assertThat(Duration.ofNanos(late.atNanos() - before))
        .isBetween(Duration.ofMillis(4900), Duration.ofSeconds(10));
  }

  @Test
  void a_silent_charge_never_calls_back() throws InterruptedException {
    client.charge("k1", "tok_ok", 1250, url);
    try {
      hasty().charge("silent", "tok_silent", 1250, url);
    } catch (UncheckedIOException noAnswer) {
      client.charge("k2", "tok_ok", 1250, url);
    }
    List<String> keys = new ArrayList<>();
    while (!keys.contains("k2")) {
      keys.add(next().json().path("data").path("key").asString());
    }
    assertThat(keys).doesNotContain("silent");
  }
}
