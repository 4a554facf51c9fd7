package io.countersign.server.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs as Standard Webhooks 1.0 says: HMAC-SHA256 over `id.timestamp.body`.
final class WebhookSigner {

  private static final String PREFIX = "whsec_";

  private final SecretKeySpec key;

  /// @throws IllegalArgumentException when `secret` is not `whsec_` and base64
  WebhookSigner(String secret) {
    if (!secret.startsWith(PREFIX)) {
      throw new IllegalArgumentException("a webhook secret starts with " + PREFIX);
    }
    byte[] bytes = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
    this.key = new SecretKeySpec(bytes, "HmacSHA256");
  }

  /// @return the value of `webhook-signature`
  String sign(String id, long timestampSeconds, String body) {
    String signed = id + "." + timestampSeconds + "." + body;
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(signature);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
