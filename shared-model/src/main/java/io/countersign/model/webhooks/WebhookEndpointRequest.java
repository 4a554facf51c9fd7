package io.countersign.model.webhooks;

import io.countersign.model.Immutable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `POST L/webhook-endpoints`.
///
/// @param events exact types such as `payment.succeeded`, whole kinds such as `payment.*`, or `*`
public record WebhookEndpointRequest(@Nullable String url, List<String> events) {

  public WebhookEndpointRequest {
    events = Immutable.list(events);
  }
}
