package io.countersign.client;

import io.countersign.model.EmptyRequest;
import io.countersign.model.Page;
import io.countersign.model.id.EventId;
import io.countersign.model.id.WebhookEndpointId;
import io.countersign.model.webhooks.WebhookDelivery;
import io.countersign.model.webhooks.WebhookEndpoint;
import io.countersign.model.webhooks.WebhookEndpointRequest;
import tools.jackson.core.type.TypeReference;

/// `docs/api.md`, section 6: where events are sent. [io.countersign.webhook.WebhookSignature]
/// verifies what arrives there.
public final class WebhookCalls {

  private final Transport transport;
  private final String base;

  WebhookCalls(Transport transport, String base) {
    this.transport = transport;
    this.base = base + "/webhook-endpoints";
  }

  /// The answer's secret is shown this once: when the answer was lost and the call repeated, it is
  /// absent, and [#rotateSecret] gives another.
  public WebhookEndpoint create(WebhookEndpointRequest request, Intent intent) {
    return transport.post(base, request, intent, new TypeReference<>() {});
  }

  public Page<WebhookEndpoint> list(Query query) {
    return transport.get(base, query, new TypeReference<>() {});
  }

  public WebhookEndpoint get(WebhookEndpointId id) {
    return transport.get(base + "/" + id, Query.ALL, new TypeReference<>() {});
  }

  public void delete(WebhookEndpointId id) {
    transport.delete(base + "/" + id);
  }

  /// Sends again to an endpoint that was disabled.
  public WebhookEndpoint enable(WebhookEndpointId id, Intent intent) {
    return transport.post(
        base + "/" + id + "/enable", new EmptyRequest(), intent, new TypeReference<>() {});
  }

  /// A new secret; the one before signs, too, for a day.
  public WebhookEndpoint rotateSecret(WebhookEndpointId id, Intent intent) {
    return transport.post(
        base + "/" + id + "/rotate-secret", new EmptyRequest(), intent, new TypeReference<>() {});
  }

  /// The newest first.
  public Page<WebhookDelivery> deliveries(WebhookEndpointId id, Query query) {
    return transport.get(base + "/" + id + "/deliveries", query, new TypeReference<>() {});
  }

  /// Sends an event again that was given up or delivered, or sooner than it would be retried.
  public WebhookDelivery replay(WebhookEndpointId id, EventId event, Intent intent) {
    return transport.post(
        base + "/" + id + "/deliveries/" + event + "/replay",
        new EmptyRequest(),
        intent,
        new TypeReference<>() {});
  }
}
