package io.countersign.model.webhooks;

import io.countersign.model.WireName;

/// Whether events are sent to an endpoint.
public enum WebhookEndpointState implements WireName {
  ENABLED,
  /// It answered 410, or somebody switched it off: nothing is sent and nothing new is queued.
  DISABLED
}
