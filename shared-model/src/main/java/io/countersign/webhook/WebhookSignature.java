package io.countersign.webhook;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Signs and verifies deliveries as Standard Webhooks 1.0 says: HMAC-SHA256 over
/// `id.timestamp.body`, base64, with `v1,` before it.
///
/// ```java
/// var signature = WebhookSignature.of(secret);
/// boolean ours = signature.isGenuine(
///     header("webhook-id"), header("webhook-timestamp"), header("webhook-signature"),
///     rawBody, InstantSource.system());
/// ```
///
/// The body is the bytes as they came, before anything parses them.
public final class WebhookSignature {

  /// How far the sender's clock may be from ours, on either side.
  public static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final String PREFIX = "whsec_";
  private static final String VERSION = "v1,";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SECRET_BYTES = 32;
  private static final int SIGNATURES_MAX = 8;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final List<SecretKeySpec> keys;

  private WebhookSignature(List<SecretKeySpec> keys) {
    this.keys = keys;
  }

  /// @param secrets each `whsec_` and base64; two while one replaces the other
  /// @throws IllegalArgumentException when there is none, or one is not of that form
  public static WebhookSignature of(String... secrets) {
    return of(List.of(secrets));
  }

  /// As [#of(String...)].
  public static WebhookSignature of(List<String> secrets) {
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("a webhook signature needs a secret");
    }
    return new WebhookSignature(secrets.stream().map(WebhookSignature::key).toList());
  }

  /// A new secret of 256 random bits.
  public static String newSecret() {
    byte[] secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    return PREFIX + Base64.getEncoder().encodeToString(secret);
  }

  /// @return the value of `webhook-signature`: one signature per secret, separated by spaces
  public String sign(String id, Instant timestamp, byte[] body) {
    List<String> signatures = new ArrayList<>();
    keys.forEach(
        key -> signatures.add(signature(key, id, Long.toString(timestamp.getEpochSecond()), body)));
    return String.join(" ", signatures);
  }

  /// Whether one of the secrets signed this, at most five minutes from now on either side.
  ///
  /// @param id the header `webhook-id`
  /// @param timestamp the header `webhook-timestamp`, in seconds since 1970
  /// @param signatures the header `webhook-signature`
  /// @param body as it came
  public boolean isGenuine(
      @Nullable String id,
      @Nullable String timestamp,
      @Nullable String signatures,
      byte[] body,
      InstantSource clock) {
    if (id == null || timestamp == null || signatures == null) {
      return false;
    }
    if (!isRecent(timestamp, clock.instant())) {
      return false;
    }
    boolean genuine = false;
    for (SecretKeySpec key : keys) {
      byte[] expected = signature(key, id, timestamp, body).getBytes(StandardCharsets.UTF_8);
      for (String given : signatures.split(" ", SIGNATURES_MAX)) {
        // No early end: how long this takes must not tell which signature came close.
        genuine |= MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8));
      }
    }
    return genuine;
  }

  private static boolean isRecent(String timestamp, Instant now) {
    if (!timestamp.matches("[0-9]{1,12}")) {
      return false;
    }
    Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
    return Duration.between(sent, now).abs().compareTo(TOLERANCE) <= 0;
  }

  private static SecretKeySpec key(String secret) {
    if (!secret.startsWith(PREFIX) || secret.length() == PREFIX.length()) {
      throw new IllegalArgumentException("a webhook secret is " + PREFIX + " and base64");
    }
    return new SecretKeySpec(
        Base64.getDecoder().decode(secret.substring(PREFIX.length())), ALGORITHM);
  }

  private static String signature(SecretKeySpec key, String id, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return VERSION + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
