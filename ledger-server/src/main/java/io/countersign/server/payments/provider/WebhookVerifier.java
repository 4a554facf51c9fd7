package io.countersign.server.payments.provider;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Verifies deliveries as Standard Webhooks 1.0 says: HMAC-SHA256 over `id.timestamp.body`, at most
/// five minutes from now on either side.
final class WebhookVerifier {

  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final String SECRET_PREFIX = "whsec_";
  private static final int SIGNATURES_MAX = 8;
  private static final int ID_LENGTH_MAX = 255;

  private final List<SecretKeySpec> keys;
  private final Clock clock;

  /// @param secrets each `whsec_` and base64; two while one replaces the other
  /// @throws IllegalArgumentException when there is none, or one is not of that form
  WebhookVerifier(List<String> secrets, Clock clock) {
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("a webhook verifier needs a secret");
    }
    this.keys = secrets.stream().map(WebhookVerifier::key).toList();
    this.clock = clock;
  }

  private static SecretKeySpec key(String secret) {
    if (!secret.startsWith(SECRET_PREFIX)) {
      throw new IllegalArgumentException("a webhook secret starts with " + SECRET_PREFIX);
    }
    return new SecretKeySpec(
        Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length())), "HmacSHA256");
  }

  boolean isGenuine(WebhookDelivery delivery) {
    String id = delivery.header("webhook-id");
    String timestamp = delivery.header("webhook-timestamp");
    if (id.isEmpty() || id.length() > ID_LENGTH_MAX || !isRecent(timestamp)) {
      return false;
    }
    boolean genuine = false;
    for (SecretKeySpec key : keys) {
      byte[] expected = signature(key, id, timestamp, delivery.body());
      for (String given : signatures(delivery)) {
        // No early end: how long this takes must not tell which signature came close.
        genuine |= MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8));
      }
    }
    return genuine;
  }

  private static List<String> signatures(WebhookDelivery delivery) {
    return List.of(delivery.header("webhook-signature").split(" ", SIGNATURES_MAX));
  }

  private boolean isRecent(String timestamp) {
    if (!timestamp.matches("[0-9]{1,12}")) {
      return false;
    }
    Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
    return Duration.between(sent, clock.instant()).abs().compareTo(TOLERANCE) <= 0;
  }

  private static byte[] signature(SecretKeySpec key, String id, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      String encoded = Base64.getEncoder().encodeToString(mac.doFinal(body));
      return ("v1," + encoded).getBytes(StandardCharsets.UTF_8);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
