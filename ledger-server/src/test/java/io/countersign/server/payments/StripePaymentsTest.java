package io.countersign.server.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.net.Webhook;
import io.countersign.server.payments.provider.ProviderKey;
import io.countersign.server.payments.provider.StripeStandIn;
import io.countersign.server.testing.ServerTest;
import io.countersign.server.testing.TestApi;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/// A whole server that charges through Stripe, or what stands in for it.
@ServerTest
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(
    properties = {
      "countersign.stripe.secret-key=sk_test_right",
      "countersign.stripe.webhook-secrets=whsec_new,whsec_old",
      "countersign.stripe.call-deadline=2s",
      "countersign.stripe.lookup-deadline=1s",
      "countersign.stripe.visibility-delay=1s",
      "countersign.payments.checks=500ms,1s",
      "db-scheduler.polling-interval=100ms"
    })
class StripePaymentsTest {

  private static final StripeStandIn STRIPE = StripeStandIn.start();

  @Value("${local.server.port}")
  int port;

  private final String merchant = "merchants:" + UUID.randomUUID();

  @DynamicPropertySource
  static void stripe(DynamicPropertyRegistry properties) {
    properties.add("countersign.stripe.api-base", STRIPE::base);
  }

  @BeforeEach
  void openMerchant() {
    TestApi.Reply opened =
        integrator()
            .postInMain(
                "/accounts",
                """
                {"code": "%s", "name": "Merchant", "type": "LIABILITY", "currency": "EUR",
                 "minimumBalance": 0}
                """
                    .formatted(merchant));
    assertThat(opened.status()).isEqualTo(201);
  }

  private TestApi.Calls integrator() {
    return TestApi.at(port).as("integrator");
  }

  private TestApi.Reply charge(String method) {
    return integrator()
        .postInMain(
            "/payments",
            """
            {"amount": {"minorUnits": 1250, "currency": "EUR"}, "merchantAccount": "%s",
             "provider": "stripe", "paymentMethod": "%s"}
            """
                .formatted(merchant, method));
  }

  private TestApi.Reply payment(String id) {
    return integrator().getInMain("/payments/" + id);
  }

  private long posted() {
    return integrator()
        .getInMain("/accounts/" + merchant + "/balance")
        .json()
        .path("posted")
        .asLong();
  }

  private TestApi.Reply await(String id, String state) {
    long deadline = System.nanoTime() + 30_000_000_000L;
    TestApi.Reply last = payment(id);
    while (!last.text("state").equals(state)) {
      assertThat(System.nanoTime()).as("%s", last).isLessThan(deadline);
      java.util.concurrent.locks.LockSupport.parkNanos(50_000_000L);
      last = payment(id);
    }
    return last;
  }

  private static long moved(String payment) {
    return STRIPE.moved(payment + "-charge");
  }

  @Test
  void a_charge_and_its_refund_go_through() {
    TestApi.Reply made = charge("pm_card_visa");
    assertThat(made.status()).as("%s", made).isEqualTo(201);
    assertThat(made.text("state")).isEqualTo("succeeded");
    assertThat(made.text("providerReference")).startsWith("pi_");
    assertThat(posted()).isEqualTo(1250);
    TestApi.Reply refund =
        integrator()
            .postInMain("/payments/" + made.text("id") + "/refunds", "{\"reason\": \"returned\"}");
    assertThat(refund.text("state")).as("%s", refund).isEqualTo("succeeded");
    assertThat(posted()).isZero();
    assertThat(moved(made.text("id"))).isZero();
  }

  @Test
  void a_declined_card_is_declined() {
    TestApi.Reply made = charge("pm_card_visa_chargeDeclined");
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.text("state")).isEqualTo("declined");
    assertThat(made.text("declineCode")).isEqualTo("generic_decline");
    assertThat(posted()).isZero();
  }

  @Test
  void the_intents_id_is_committed_before_it_is_confirmed() {
    AtomicReference<String> before = new AtomicReference<>("");
    STRIPE.fail(
        "/confirm",
        false,
        exchange -> {
          String intent = exchange.getRequestURI().getPath().split("/", -1)[3];
          before.set(integrator().getInMain("/payments?providerReference=" + intent).body());
          exchange.close();
        });
    TestApi.Reply made = charge("pm_card_visa");
    assertThat(before.get()).contains(made.text("id")).contains("\"submitted\"");
    await(made.text("id"), "succeeded");
    assertThat(integrator().getInMain("/payments/" + made.text("id") + "/events").body())
        .contains("\"prepared\"");
    assertThat(moved(made.text("id"))).isEqualTo(1250);
  }

  @Test
  void a_confirmation_without_an_answer_is_found_by_a_check() {
    STRIPE.fail("/confirm", true, exchange -> {});
    TestApi.Reply made = charge("pm_card_visa");
    assertThat(made.status()).isEqualTo(202);
    assertThat(made.text("state")).isEqualTo("pending_confirmation");
    await(made.text("id"), "succeeded");
    assertThat(posted()).isEqualTo(1250);
    assertThat(moved(made.text("id"))).isEqualTo(1250);
  }

  @Test
  void a_confirmation_that_never_arrived_is_cancelled_and_then_declined() {
    STRIPE.fail("/confirm", false, exchange -> {});
    TestApi.Reply made = charge("pm_card_visa");
    assertThat(made.text("state")).isEqualTo("pending_confirmation");
    assertThat(await(made.text("id"), "declined").text("declineCode")).isEqualTo("not_charged");
    assertThat(moved(made.text("id"))).isZero();
  }

  @Test
  void a_signed_webhook_tells_what_became_of_a_charge() throws Exception {
    for (int i = 0; i < 40; i++) {
      STRIPE.fail("/confirm", false, exchange -> {});
    }
    TestApi.Reply made = charge("pm_processing");
    String id = made.text("id");
    String body =
        """
        {"id": "evt_%s", "object": "event", "type": "payment_intent.succeeded", "data": {"object":
         {"id": "%s", "object": "payment_intent", "amount": 1250, "amount_received": 1250,
          "currency": "eur", "created": 1764000000, "status": "succeeded",
          "metadata": {"countersign_key": "%s"}}}}
        """
            .formatted(id, made.text("providerReference"), made.text("providerKey"));
    assertThat(webhook(body, "whsec_wrong")).isEqualTo(401);
    assertThat(payment(id).text("state")).isEqualTo("pending_confirmation");
    assertThat(webhook(body, "whsec_old")).isEqualTo(204);
    assertThat(webhook(body, "whsec_new")).isEqualTo(204);
    assertThat(payment(id).text("state")).isEqualTo("succeeded");
    assertThat(posted()).isEqualTo(1250);
    STRIPE.forget();
  }

  private int webhook(String body, String secret) throws Exception {
    String signature =
        Webhook.Signature.generateSignatureHeader(body, secret, Instant.now().getEpochSecond());
    URI uri = URI.create("http://127.0.0.1:" + port + "/v1/ledgers/main/providers/stripe/webhooks");
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(uri)
                  .header("Content-Type", "application/json")
                  .header("Stripe-Signature", signature)
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.discarding())
          .statusCode();
    }
  }

  @Test
  void the_secret_key_is_shown_nowhere(CapturedOutput output) throws Exception {
    STRIPE.refuseKeys();
    try {
      TestApi.Reply made = charge("pm_card_visa");
      assertThat(made.text("state")).as("nobody's decline").isEqualTo("pending_confirmation");
      String events = integrator().getInMain("/payments/" + made.text("id") + "/events").body();
      assertThat(events).contains("countersign.stripe.secret-key").doesNotContain("sk_test");
      assertThat(made.body()).doesNotContain("sk_test");
    } finally {
      STRIPE.acceptKeys();
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (String path : java.util.List.of("", "/health", "/prometheus", "/env", "/configprops")) {
        URI uri = URI.create("http://127.0.0.1:" + port + "/actuator" + path);
        String body =
            http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
        assertThat(body).doesNotContain("sk_test").doesNotContain("whsec_new");
      }
    }
    assertThat(output.getAll()).doesNotContain("sk_test_right").doesNotContain("whsec_new");
  }

  @Test
  void keys_are_derived_from_the_payment_alone() {
    String id = charge("pm_card_visa").text("id");
    assertThat(payment(id).text("providerKey"))
        .isEqualTo(ProviderKey.ofCharge(io.countersign.model.id.PaymentId.parse(id)).value());
  }
}
