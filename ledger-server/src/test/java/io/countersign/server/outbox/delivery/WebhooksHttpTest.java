package io.countersign.server.outbox.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.client.Intent;
import io.countersign.client.LedgerClient;
import io.countersign.client.Query;
import io.countersign.client.Retries;
import io.countersign.client.WebhookCalls;
import io.countersign.model.UuidV7;
import io.countersign.model.webhooks.DeliveryState;
import io.countersign.model.webhooks.WebhookDelivery;
import io.countersign.model.webhooks.WebhookEndpoint;
import io.countersign.model.webhooks.WebhookEndpointRequest;
import io.countersign.model.webhooks.WebhookEndpointState;
import io.countersign.server.testing.ServerTest;
import io.countersign.server.testing.TestApi;
import io.countersign.server.testing.TestApi.Reply;
import io.countersign.webhook.WebhookSignature;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.TestPropertySource;

/// Over HTTP, as an integrator does it: register, move money, receive.
@ServerTest
@TestPropertySource(
    properties = {
      "countersign.webhooks.allow-private-networks=true",
      "countersign.webhooks.retries=300ms,1s",
      "countersign.webhooks.call-timeout=3s",
      "countersign.webhooks.look-every=PT0.1S"
    })
class WebhooksHttpTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final UuidV7 IDS = new UuidV7(InstantSource.system());
  private static final String ENDPOINTS = "/webhook-endpoints";

  @Value("${local.server.port}")
  int port;

  private final String own = "hook" + UUID.randomUUID().toString().substring(0, 8);
  private final Receiver receiver = new Receiver();

  @BeforeEach
  void accounts() {
    open("bank", "ASSET");
    open("wallet", "LIABILITY");
    Reply deposit =
        integrator()
            .postInMain(
                "/transfers",
                """
                {"from": "%1$s:bank", "to": "%1$s:wallet", "description": "for a test",
                 "amount": {"minorUnits": 1000, "currency": "EUR"}}\
                """
                    .formatted(own));
    assertThat(deposit.status()).as(deposit.toString()).isEqualTo(201);
  }

  @AfterEach
  void close() {
    // Whatever other tests tell of later is not for this receiver.
    integrator()
        .getInMain(ENDPOINTS)
        .json()
        .path("items")
        .forEach(
            it ->
                integrator()
                    .delete("/v1/ledgers/main" + ENDPOINTS + "/" + it.path("id").asString()));
    receiver.close();
  }

  @Test
  void what_happens_to_a_hold_is_told_signed_and_in_order() {
    Reply made = register(receiver.url(), "hold.*");
    String secret = made.text("secret");
    assertThat(secret).startsWith("whsec_");
    assertThat(made.text("id")).startsWith("whe_");
    assertThat(made.text("state")).isEqualTo("enabled");

    String hold = hold();
    Reply captured = integrator().postInMain("/holds/" + hold + "/captures", "{}");
    assertThat(captured.status()).as(captured.toString()).isEqualTo(200);

    await(() -> receiver.calls.size() == 2);
    assertThat(receiver.types()).containsExactly("hold.open", "hold.captured");
    for (Receiver.Call call : receiver.calls) {
      assertThat(call.json().at("/data/id").asString()).isEqualTo(hold);
      assertThat(call.id()).startsWith("evt_").isEqualTo(call.json().path("id").asString());
      assertThat(genuine(call, secret)).isTrue();
    }
    assertThat(receiver.calls.getLast().json().path("data"))
        .isEqualTo(integrator().getInMain("/holds/" + hold).json());
    await(() -> integrator().getInMain(path(made)).json().path("pendingDeliveries").asInt() == 0);
    Reply deliveries = integrator().getInMain(path(made) + "/deliveries");
    assertThat(deliveries.text("items.1.eventId")).isEqualTo(receiver.ids().getFirst());
    assertThat(deliveries.text("items.1.state")).isEqualTo("delivered");
    assertThat(deliveries.text("items.1.subject")).isEqualTo(hold);
  }

  @Test
  void the_secret_is_shown_once() {
    String body = body(receiver.url(), "hold.open");
    TestApi.Calls once = integrator().withKey(own + "-endpoint");
    Reply first = once.postInMain(ENDPOINTS, body);
    Reply replayed = once.postInMain(ENDPOINTS, body);
    assertThat(first.text("secret")).startsWith("whsec_");
    assertThat(replayed.status()).isEqualTo(201);
    assertThat(replayed.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(replayed.text("id")).isEqualTo(first.text("id"));
    assertThat(replayed.json().has("secret")).isFalse();
    assertThat(integrator().getInMain(path(first)).json().has("secret")).isFalse();
    assertThat(integrator().getInMain(ENDPOINTS).body()).doesNotContain("whsec_");
    TestApi.Calls rotating = integrator().withKey(own + "-rotation");
    Reply rotated = rotating.postInMain(path(first) + "/rotate-secret", "{}");
    assertThat(rotated.text("secret")).startsWith("whsec_").isNotEqualTo(first.text("secret"));
    assertThat(rotating.postInMain(path(first) + "/rotate-secret", "{}").json().has("secret"))
        .isFalse();
    Reply audit = TestApi.at(port).as("admin").getInMain("/audit-log");
    assertThat(audit.body())
        .contains("webhook-endpoint.create", "webhook-endpoint.rotate-secret")
        .doesNotContain("whsec_");
  }

  @Test
  void a_failing_receiver_gets_the_same_event_again_and_others_go_on() {
    WebhookCalls webhooks = client().books("main").webhooks();
    WebhookEndpoint endpoint =
        webhooks.create(
            new WebhookEndpointRequest(receiver.url(), List.of("hold.*")), Intent.fresh(IDS));
    String failing = hold();
    receiver.answer =
        call ->
            Receiver.Reply.of(call.json().at("/data/id").asString().equals(failing) ? 500 : 204);
    // Its first event may have been delivered before; from here on it fails.
    integrator().postInMain("/holds/" + failing + "/release", "{}");
    String other = hold();
    integrator().postInMain("/holds/" + other + "/release", "{}");
    await(() -> typesAbout(other).equals(List.of("hold.open", "hold.released")));
    receiver.answer = call -> Receiver.Reply.of(204);
    await(() -> webhooks.get(endpoint.id()).pendingDeliveries() == 0);
    assertThat(typesAbout(failing).getLast()).isEqualTo("hold.released");
    assertThat(webhooks.deliveries(endpoint.id(), Query.ALL).items())
        .hasSize(4)
        .allMatch(it -> it.state() == DeliveryState.DELIVERED);
    WebhookDelivery again =
        webhooks.replay(
            endpoint.id(),
            webhooks.deliveries(endpoint.id(), Query.ALL).items().getFirst().eventId(),
            Intent.fresh(IDS));
    await(() -> receiver.ids().stream().filter(again.eventId().toString()::equals).count() > 1);
  }

  @Test
  void gone_disables_and_a_deleted_one_is_not_found() {
    WebhookCalls webhooks = client().books("main").webhooks();
    WebhookEndpoint endpoint =
        webhooks.create(
            new WebhookEndpointRequest(receiver.url(), List.of("*")), Intent.fresh(IDS));
    receiver.answer = call -> Receiver.Reply.of(410);
    hold();
    await(() -> webhooks.get(endpoint.id()).state() == WebhookEndpointState.DISABLED);
    assertThat(webhooks.get(endpoint.id()).disabledReason()).contains("410");
    assertThat(TestApi.at(port).as("admin").getInMain("/audit-log").body())
        .contains("webhook-endpoint.disable");

    receiver.answer = call -> Receiver.Reply.of(204);
    assertThat(webhooks.enable(endpoint.id(), Intent.fresh(IDS)).state())
        .isEqualTo(WebhookEndpointState.ENABLED);
    Reply twice = integrator().postInMain(ENDPOINTS + "/" + endpoint.id() + "/enable", "{}");
    assertThat(twice.problem()).isEqualTo("wrong-state");
    await(() -> webhooks.get(endpoint.id()).pendingDeliveries() == 0);

    webhooks.delete(endpoint.id());
    assertThat(integrator().getInMain(ENDPOINTS + "/" + endpoint.id()).status()).isEqualTo(404);
    assertThat(integrator().getInMain(ENDPOINTS + "/" + endpoint.id() + "/deliveries").status())
        .isEqualTo(404);
    assertThat(integrator().delete("/v1/ledgers/main" + ENDPOINTS + "/" + endpoint.id()).status())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          no url        | {"events": ["*"]}                                                | url
          no events     | {"url": "https://example.com/"}                                  | events
          empty events  | {"url": "https://example.com/", "events": []}                    | events
          a null        | {"url": "https://example.com/", "events": [null]}                | events
          unknown type  | {"url": "https://example.com/", "events": ["hold.*", "hold.gone"]} | events[1]
          unknown kind  | {"url": "https://example.com/", "events": ["transfer.*"]}        | events[0]
          no http       | {"url": "ftp://example.com/", "events": ["*"]}                   | url
          a password    | {"url": "https://a:b@example.com/", "events": ["*"]}             | url
          """)
  void what_cannot_be_an_endpoint_is_refused(String what, String body, String field) {
    Reply refused = integrator().postInMain(ENDPOINTS, body);
    assertThat(refused.status()).as(what + ": " + refused).isEqualTo(400);
    assertThat(refused.problem()).isEqualTo("invalid-request");
    assertThat(refused.json().path("errors").findValuesAsString("field")).contains(field);
  }

  @Test
  void an_administrator_may_too_and_nobody_else_changes_anything() {
    Reply made = TestApi.at(port).as("admin").postInMain(ENDPOINTS, body(receiver.url(), "*"));
    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    assertThat(made.text("createdBy")).isEqualTo("admin");
    assertThat(TestApi.at(port).as("auditor").getInMain(path(made)).status()).isEqualTo(200);
    assertThat(
            TestApi.at(port)
                .as("operator")
                .postInMain(path(made) + "/rotate-secret", "{}")
                .status())
        .isEqualTo(403);
    Reply unknown =
        integrator()
            .postInMain(path(made) + "/deliveries/evt_" + UUID.randomUUID() + "/replay", "{}");
    assertThat(unknown.problem()).isEqualTo("not-found");
  }

  @Test
  void the_queue_can_be_watched() {
    Reply metrics = TestApi.at(port).anonymous().get("/actuator/prometheus");
    assertThat(metrics.body())
        .contains("countersign_webhooks_queue")
        .contains("countersign_webhooks_dead")
        .contains("countersign_webhooks_oldest_seconds");
  }

  private List<String> typesAbout(String hold) {
    return receiver.calls.stream()
        .filter(call -> call.json().at("/data/id").asString().equals(hold))
        .map(Receiver.Call::type)
        .toList();
  }

  private String hold() {
    Reply made =
        integrator()
            .postInMain(
                "/holds",
                """
                {"from": "%1$s:wallet", "to": "%1$s:bank", "description": "Room 12",
                 "expiresAt": "%2$s", "amount": {"minorUnits": 10, "currency": "EUR"}}\
                """
                    .formatted(own, Instant.now().plus(Duration.ofDays(1))));
    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    return made.text("id");
  }

  private Reply register(String url, String event) {
    Reply made = integrator().postInMain(ENDPOINTS, body(url, event));
    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    return made;
  }

  private static String body(String url, String event) {
    return "{\"url\": \"%s\", \"events\": [\"%s\"]}".formatted(url, event);
  }

  private static String path(Reply made) {
    return ENDPOINTS + "/" + made.text("id");
  }

  private static boolean genuine(Receiver.Call call, String secret) {
    return WebhookSignature.of(secret)
        .isGenuine(
            call.id(),
            call.headers().get("webhook-timestamp"),
            call.headers().get("webhook-signature"),
            call.body(),
            InstantSource.system());
  }

  private TestApi.Calls integrator() {
    return TestApi.at(port).as("integrator");
  }

  private LedgerClient client() {
    Reply key =
        TestApi.at(port)
            .as("admin")
            .post(
                "/v1/api-keys",
                "{\"name\": \"%s\", \"ledger\": \"main\", \"roles\": [\"INTEGRATOR\"]}"
                    .formatted(own));
    assertThat(key.status()).as(key.toString()).isEqualTo(201);
    return new LedgerClient(
            URI.create("http://127.0.0.1:" + port), Retries.PATIENT, InstantSource.system())
        .authorize(key.text("secret"));
  }

  private void open(String code, String type) {
    Reply made =
        integrator()
            .postInMain(
                "/accounts",
                "{\"code\": \"%s:%s\", \"name\": \"x\", \"type\": \"%s\", \"currency\": \"EUR\"}"
                    .formatted(own, code, type));
    assertThat(made.status()).as(made.toString()).isEqualTo(201);
  }

  private static void await(BooleanSupplier condition) {
    long begun = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PATIENCE);
      try {
        TimeUnit.MILLISECONDS.sleep(30);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }
}
