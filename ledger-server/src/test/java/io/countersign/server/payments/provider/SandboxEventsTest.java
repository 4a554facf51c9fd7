package io.countersign.server.payments.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.countersign.model.Money;
import io.countersign.server.payments.provider.ProviderEvent.AboutCharge;
import io.countersign.server.payments.provider.ProviderEvent.AboutRefund;
import io.countersign.server.payments.provider.ProviderEvent.OfNoConsequence;
import io.countersign.server.payments.provider.ProviderReply.Declined;
import io.countersign.server.payments.provider.ProviderReply.NoAnswer;
import io.countersign.server.sandbox.SandboxAcquirer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the real acquirer calls back with is read by the gateway that asked it.
class SandboxEventsTest {

  record Received(String path, WebhookDelivery delivery) {}

  private static final Money AMOUNT = Money.of(1250, "EUR");

  @TempDir Path home;
  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private HttpServer receiver;
  private SandboxAcquirer acquirer;
  private SandboxGateway gateway;

  @BeforeEach
  void start() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", this::receive);
    receiver.start();
    acquirer =
        SandboxAcquirer.start(
            Map.of("SANDBOX_PORT", "0", "SANDBOX_HOME", home.toString()), Clock.systemUTC());
    gateway =
        Gateways.at(
            URI.create("http://127.0.0.1:" + acquirer.port()),
            Duration.ofMillis(500),
            "http://127.0.0.1:" + receiver.getAddress().getPort() + "/");
  }

  @AfterEach
  void stop() {
    gateway.close();
    acquirer.close();
    receiver.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new HashMap<>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
    received.add(
        new Received(
            exchange.getRequestURI().getPath(),
            new WebhookDelivery(headers, exchange.getRequestBody().readAllBytes())));
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  private Received next() throws InterruptedException {
    Received next = received.poll(15, TimeUnit.SECONDS);
    assertThat(next).as("a webhook within 15 seconds").isNotNull();
    return Objects.requireNonNull(next);
  }

  private ProviderEvent nextOfConsequence() throws InterruptedException {
    while (true) {
      ProviderEvent event = gateway.read(next().delivery()).orElseThrow();
      if (!(event instanceof OfNoConsequence)) {
        return event;
      }
    }
  }

  private ProviderReply.ToCharge charge(String key, String token) {
    return gateway.charge(
        new ChargeOrder("main", new ProviderKey(key), AMOUNT, token, null, null, null));
  }

  @Test
  void a_late_webhook_tells_of_the_charge_that_nobody_answered_for() throws InterruptedException {
    assertThat(charge("k1", "tok_late_webhook")).isInstanceOf(NoAnswer.class);
    Received late = next();
    assertThat(late.path()).isEqualTo("/v1/ledgers/main/providers/sandbox/webhooks");
    assertThat(gateway.read(late.delivery()))
        .hasValueSatisfying(
            event -> {
              assertThat(event).isInstanceOf(AboutCharge.class);
              AboutCharge about = (AboutCharge) event;
              assertThat(about.key()).isEqualTo(new ProviderKey("k1"));
              assertThat(about.amount()).isEqualTo(AMOUNT);
              assertThat(about.outcome()).isInstanceOf(ProviderReply.Charged.class);
            });
  }

  @Test
  void a_webhook_says_what_the_answer_said() throws InterruptedException {
    ProviderReply.ToCharge charged = charge("k1", "tok_ok");
    assertThat(nextOfConsequence())
        .isInstanceOfSatisfying(
            AboutCharge.class, about -> assertThat(about.outcome()).isEqualTo(charged));
  }

  @Test
  void a_declined_refund_is_told_as_one() throws InterruptedException {
    charge("silent", "tok_silent");
    gateway.refund(
        new RefundOrder(
            "main",
            new ProviderKey("r1"),
            new ProviderKey("silent"),
            null,
            Money.of(250, "EUR"),
            "tok_declined"));
    assertThat(nextOfConsequence())
        .isInstanceOfSatisfying(
            AboutRefund.class,
            about -> {
              assertThat(about.key()).isEqualTo(new ProviderKey("r1"));
              assertThat(about.outcome()).isEqualTo(new Declined("card_declined"));
            });
  }

  @Test
  void a_body_with_one_byte_changed_is_not_read_at_all() throws InterruptedException {
    charge("k1", "tok_ok");
    WebhookDelivery genuine = next().delivery();
    String forged = new String(genuine.body(), StandardCharsets.UTF_8).replace("1250", "1350");
    Map<String, String> headers =
        Map.of(
            "webhook-id", genuine.header("webhook-id"),
            "webhook-timestamp", genuine.header("webhook-timestamp"),
            "webhook-signature", genuine.header("webhook-signature"));
    assertThat(gateway.read(new WebhookDelivery(headers, forged.getBytes(StandardCharsets.UTF_8))))
        .isEmpty();
  }
}
