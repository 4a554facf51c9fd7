package io.countersign.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSignatureTest {

  // The example of the reference libraries of Standard Webhooks.
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final Instant SENT = Instant.ofEpochSecond(1614265330);
  private static final String SENT_TEXT = "1614265330";
  private static final byte[] BODY = bytes("{\"test\": 2432232314}");
  private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

  @Test
  void the_example_of_the_standard_is_signed_and_verified_so() {
    WebhookSignature signature = WebhookSignature.of(SECRET);
    assertThat(signature.sign(ID, SENT, BODY)).isEqualTo(SIGNATURE);
    assertThat(verified(signature, ID, SENT_TEXT, SIGNATURE, BODY, SENT)).isTrue();
  }

  @Test
  void another_byte_id_time_or_secret_is_not_genuine() {
    WebhookSignature signature = WebhookSignature.of(SECRET);
    assertThat(verified(signature, ID, SENT_TEXT, SIGNATURE, bytes("{}"), SENT)).isFalse();
    assertThat(verified(signature, "msg_2", SENT_TEXT, SIGNATURE, BODY, SENT)).isFalse();
    assertThat(verified(signature, ID, "1614265331", SIGNATURE, BODY, SENT)).isFalse();
    WebhookSignature other = WebhookSignature.of(WebhookSignature.newSecret());
    assertThat(verified(other, ID, SENT_TEXT, SIGNATURE, BODY, SENT)).isFalse();
  }

  @Test
  void while_a_secret_is_replaced_both_sign_and_either_is_enough() {
    String fresh = WebhookSignature.newSecret();
    String both = WebhookSignature.of(fresh, SECRET).sign(ID, SENT, BODY);
    assertThat(both.split(" ", -1)).hasSize(2).contains(SIGNATURE);
    for (String known : new String[] {fresh, SECRET}) {
      assertThat(verified(WebhookSignature.of(known), ID, SENT_TEXT, both, BODY, SENT)).isTrue();
    }
  }

  @Test
  void five_minutes_are_tolerated_on_either_side_and_not_a_second_more() {
    WebhookSignature signature = WebhookSignature.of(SECRET);
    for (int seconds : new int[] {-300, 0, 300}) {
      Instant now = SENT.plusSeconds(seconds);
      assertThat(verified(signature, ID, SENT_TEXT, SIGNATURE, BODY, now)).isTrue();
    }
    for (int seconds : new int[] {-301, 301}) {
      Instant now = SENT.plusSeconds(seconds);
      assertThat(verified(signature, ID, SENT_TEXT, SIGNATURE, BODY, now)).isFalse();
    }
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "v1,", "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", "x"})
  void half_a_signature_is_none(@Nullable String given) {
    WebhookSignature signature = WebhookSignature.of(SECRET);
    assertThat(signature.isGenuine(ID, SENT_TEXT, given, BODY, at(SENT))).isFalse();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "soon", "-1", "99999999999999999999", "1614265330.5"})
  void a_time_that_is_none_is_refused(@Nullable String sent) {
    WebhookSignature signature = WebhookSignature.of(SECRET);
    assertThat(signature.isGenuine(ID, sent, SIGNATURE, BODY, at(SENT))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "secret", "whsec_", "whsec_not base64"})
  void without_a_proper_secret_there_is_no_signature(String secret) {
    assertThatThrownBy(() -> WebhookSignature.of(secret))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static boolean verified(
      WebhookSignature signature, String id, String sent, String given, byte[] body, Instant now) {
    return signature.isGenuine(id, sent, given, body, at(now));
  }

  private static InstantSource at(Instant now) {
    return InstantSource.fixed(now);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
