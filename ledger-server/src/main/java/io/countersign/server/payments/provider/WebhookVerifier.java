package io.countersign.server.payments.provider;

import io.countersign.webhook.WebhookSignature;
import java.time.Clock;
import java.util.List;

/// Verifies what a provider delivers as Standard Webhooks 1.0 says, by the same code that signs and
/// verifies our own.
final class WebhookVerifier {

  private static final int ID_LENGTH_MAX = 255;

  private final WebhookSignature signature;
  private final Clock clock;

  /// @param secrets each `whsec_` and base64; two while one replaces the other
  /// @throws IllegalArgumentException when there is none, or one is not of that form
  WebhookVerifier(List<String> secrets, Clock clock) {
    this.signature = WebhookSignature.of(secrets);
    this.clock = clock;
  }

  boolean isGenuine(WebhookDelivery delivery) {
    String id = delivery.header("webhook-id");
    return !id.isEmpty()
        && id.length() <= ID_LENGTH_MAX
        && signature.isGenuine(
            id,
            delivery.header("webhook-timestamp"),
            delivery.header("webhook-signature"),
            delivery.body(),
            clock);
  }
}
