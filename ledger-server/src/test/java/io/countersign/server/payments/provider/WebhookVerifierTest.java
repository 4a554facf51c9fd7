package io.countersign.server.payments.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookVerifierTest {

  // The example of the reference libraries of Standard Webhooks.
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String OTHER_SECRET = "whsec_b3RoZXItc2VjcmV0LW90aGVyLXNlY3JldA==";
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final long SENT = 1614265330;
  private static final String BODY = "{\"test\": 2432232314}";
  private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

  private static boolean verified(List<String> secrets, long now, String signature, String body) {
    return verified(secrets, now, ID, "" + SENT, signature, body);
  }

  private static boolean verified(
      List<String> secrets, long now, String id, String sent, String signature, String body) {
    Clock clock = Clock.fixed(Instant.ofEpochSecond(now), ZoneOffset.UTC);
    return new WebhookVerifier(secrets, clock)
        .isGenuine(
            new WebhookDelivery(
                Map.of("Webhook-Id", id, "webhook-timestamp", sent, "WEBHOOK-SIGNATURE", signature),
                body.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void the_example_of_the_standard_is_genuine() {
    assertThat(verified(List.of(SECRET), SENT, SIGNATURE, BODY)).isTrue();
  }

  @Test
  void another_byte_id_time_or_secret_is_not() {
    assertThat(verified(List.of(SECRET), SENT, SIGNATURE, BODY + " ")).isFalse();
    assertThat(verified(List.of(OTHER_SECRET), SENT, SIGNATURE, BODY)).isFalse();
    assertThat(verified(List.of(SECRET), SENT, "msg_2", "" + SENT, SIGNATURE, BODY)).isFalse();
    assertThat(verified(List.of(SECRET), SENT, ID, "" + (SENT + 1), SIGNATURE, BODY)).isFalse();
  }

  @Test
  void while_a_secret_is_replaced_both_are_good() {
    assertThat(verified(List.of(OTHER_SECRET, SECRET), SENT, SIGNATURE, BODY)).isTrue();
    assertThat(verified(List.of(SECRET), SENT, "v1,b3RoZXI= " + SIGNATURE, BODY)).isTrue();
  }

  @Test
  void five_minutes_are_tolerated_on_either_side_and_not_a_second_more() {
    assertThat(verified(List.of(SECRET), SENT + 300, SIGNATURE, BODY)).isTrue();
    assertThat(verified(List.of(SECRET), SENT - 300, SIGNATURE, BODY)).isTrue();
    assertThat(verified(List.of(SECRET), SENT + 301, SIGNATURE, BODY)).isFalse();
    assertThat(verified(List.of(SECRET), SENT - 301, SIGNATURE, BODY)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "v1,", "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", "x"})
  void half_a_signature_is_none(String signature) {
    assertThat(verified(List.of(SECRET), SENT, signature, BODY)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "99999999999999999999", "1614265330.5"})
  void a_time_that_is_none_is_refused(String sent) {
    assertThat(verified(List.of(SECRET), SENT, ID, sent, SIGNATURE, BODY)).isFalse();
  }

  @Test
  void a_verifier_without_a_proper_secret_cannot_be_made() {
    assertThatThrownBy(() -> new WebhookVerifier(List.of(), Clock.systemUTC()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new WebhookVerifier(List.of("secret"), Clock.systemUTC()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
