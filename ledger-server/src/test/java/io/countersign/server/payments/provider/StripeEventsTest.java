package io.countersign.server.payments.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.net.Webhook;
import io.countersign.model.Money;
import io.countersign.server.payments.provider.ProviderEvent.AboutCharge;
import io.countersign.server.payments.provider.ProviderEvent.AboutRefund;
import io.countersign.server.payments.provider.ProviderEvent.OfNoConsequence;
import io.countersign.server.payments.provider.ProviderReply.Charged;
import io.countersign.server.payments.provider.ProviderReply.Declined;
import io.countersign.server.payments.provider.ProviderReply.Refunded;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StripeEventsTest {

  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final String OLD = "whsec_old";
  private static final String NEW = "whsec_new";

  private final StripeEvents events =
      new StripeEvents(List.of(NEW, OLD), Clock.fixed(NOW, ZoneOffset.UTC));

  private Optional<ProviderEvent> read(String body, String header) {
    return events.read(
        new WebhookDelivery(
            Map.of("stripe-signature", header), body.getBytes(StandardCharsets.UTF_8)));
  }

  private static String signed(String body, String secret, Instant at) {
    try {
      return Webhook.Signature.generateSignatureHeader(body, secret, at.getEpochSecond());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private ProviderEvent genuine(String body) {
    return read(body, signed(body, NEW, NOW)).orElseThrow();
  }

  private static String event(String type, String object) {
    return """
    {"id": "evt_1", "object": "event", "api_version": "2020-08-27", "type": "%s",
     "data": {"object": %s}}
    """
        .formatted(type, object);
  }

  private static String intent(String status, String more) {
    return """
    {"id": "pi_1", "object": "payment_intent", "amount": 1250, "currency": "eur",
     "created": 1764000000, "status": "%s", "metadata": {"countersign_key": "pay_1-charge"}%s}
    """
        .formatted(status, more);
  }

  private static String refund(String status, String more) {
    return """
    {"id": "re_1", "object": "refund", "amount": 250, "currency": "eur", "created": 1764000000,
     "status": "%s", "metadata": {"countersign_key": "ref_1-refund"}%s}
    """
        .formatted(status, more);
  }

  @Test
  void both_secrets_count_while_one_replaces_the_other() {
    String body =
        event("payment_intent.succeeded", intent("succeeded", ", \"amount_received\": 1250"));
    for (String secret : List.of(OLD, NEW)) {
      assertThat(read(body, signed(body, secret, NOW)))
          .contains(
              new AboutCharge(
                  "evt_1",
                  new ProviderKey("pay_1-charge"),
                  Money.of(1250, "EUR"),
                  new Charged(
                      new ProviderReference("pi_1"), Instant.ofEpochSecond(1_764_000_000))));
    }
    assertThat(read(body, signed(body, "whsec_other", NOW))).isEmpty();
    assertThat(read(body + " ", signed(body, NEW, NOW))).as("the raw body").isEmpty();
  }

  @Test
  void without_a_secret_nothing_is_genuine() {
    String body = event("payment_intent.succeeded", intent("succeeded", ""));
    StripeEvents none = new StripeEvents(List.of(), Clock.fixed(NOW, ZoneOffset.UTC));
    assertThat(
            none.read(
                new WebhookDelivery(
                    Map.of("Stripe-Signature", signed(body, NEW, NOW)),
                    body.getBytes(StandardCharsets.UTF_8))))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"-301, false", "-299, true", "299, true", "301, false"})
  void the_time_is_at_most_five_minutes_away(int seconds, boolean good) {
    String body = event("payment_intent.succeeded", intent("succeeded", ""));
    assertThat(read(body, signed(body, NEW, NOW.plusSeconds(seconds))).isPresent()).isEqualTo(good);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "t=", "t=x,v1=y", "v1=abc", "t=1764072000", "t=1764072000,v1", ",,,", "t"})
  void a_header_that_is_none_is_no_signature(String header) {
    assertThat(read("{}", header)).isEmpty();
  }

  @Test
  void bytes_that_are_no_text_are_not_signed() {
    assertThat(
            events.read(
                new WebhookDelivery(
                    Map.of("Stripe-Signature", signed("\uFFFD", NEW, NOW)),
                    new byte[] {(byte) 0xff})))
        .isEmpty();
  }

  @Test
  void a_failed_attempt_is_a_decline() {
    String error =
        ", \"last_payment_error\": {\"code\": \"card_declined\", \"decline_code\":"
            + " \"stolen_card\"}";
    assertThat(
            genuine(
                event("payment_intent.payment_failed", intent("requires_payment_method", error))))
        .isInstanceOfSatisfying(
            AboutCharge.class,
            about -> assertThat(about.outcome()).isEqualTo(new Declined("stolen_card")));
    assertThat(genuine(event("payment_intent.canceled", intent("canceled", ""))))
        .isInstanceOfSatisfying(
            AboutCharge.class,
            about -> assertThat(about.outcome()).isEqualTo(new Declined(Declined.CANCELLED)));
  }

  @Test
  void refunds_succeed_fail_and_pend() {
    assertThat(genuine(event("refund.updated", refund("succeeded", ""))))
        .isInstanceOfSatisfying(
            AboutRefund.class,
            about -> {
              assertThat(about.key()).isEqualTo(new ProviderKey("ref_1-refund"));
              assertThat(about.amount()).isEqualTo(Money.of(250, "EUR"));
              assertThat(about.outcome()).isInstanceOf(Refunded.class);
            });
    String lost = ", \"failure_reason\": \"lost_or_stolen_card\"";
    assertThat(genuine(event("refund.failed", refund("failed", lost))))
        .isInstanceOfSatisfying(
            AboutRefund.class,
            about -> assertThat(about.outcome()).isEqualTo(new Declined("lost_or_stolen_card")));
    assertThat(genuine(event("refund.created", refund("pending", ""))))
        .isInstanceOf(OfNoConsequence.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "null",
        "[]",
        "7",
        "garbage {",
        "{\"id\": 7}",
        "{\"id\": {}, \"type\": []}",
        "{\"id\": \"evt_1\", \"type\": \"payment_intent.succeeded\"}",
        "{\"id\": \"evt_1\", \"type\": \"payment_intent.succeeded\", \"data\": {\"object\": 7}}",
        "{\"id\": \"evt_1\", \"type\": \"payment_intent.succeeded\", \"data\": {\"object\": {}}}",
        "{\"id\": \"evt_1\", \"type\": \"refund.failed\", \"data\": {\"object\": {\"amount\":"
            + " \"x\"}}}",
        "{\"id\": \"evt_1\", \"type\": \"customer.created\", \"data\": {\"object\": {\"id\": 1}}}"
      })
  void what_is_genuine_and_says_nothing_to_us_is_taken_and_forgotten(String body) {
    assertThat(genuine(body)).isInstanceOf(OfNoConsequence.class);
  }

  @Test
  void a_charge_of_somebody_else_on_the_same_account_is_of_no_consequence() {
    String foreign = intent("succeeded", "").replace("countersign_key", "other");
    assertThat(genuine(event("payment_intent.succeeded", foreign)))
        .isEqualTo(new OfNoConsequence("evt_1"));
  }
}
