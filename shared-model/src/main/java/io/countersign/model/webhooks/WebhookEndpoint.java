package io.countersign.model.webhooks;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.model.Immutable;
import io.countersign.model.id.WebhookEndpointId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An address that events are sent to.
///
/// @param events exact types, whole kinds such as `payment.*`, or `*`
/// @param disabledReason why nothing is sent; null while it is enabled
/// @param previousSecretUntil until when deliveries are signed with the secret before this one,
///   too; null when they are not
/// @param pendingDeliveries events that are still to be delivered
/// @param deadDeliveries events that were given up and can be replayed
/// @param secret `whsec_` and base64, shown once, in the first answer to its making or rotation;
///   elsewhere the field is absent
public record WebhookEndpoint(
    WebhookEndpointId id,
    String url,
    List<String> events,
    WebhookEndpointState state,
    @Nullable String disabledReason,
    Instant createdAt,
    String createdBy,
    @Nullable Instant previousSecretUntil,
    long pendingDeliveries,
    long deadDeliveries,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret) {

  public WebhookEndpoint {
    events = Immutable.list(events);
  }

  public WebhookEndpoint withSecret(@Nullable String shown) {
    return new WebhookEndpoint(
        id,
        url,
        events,
        state,
        disabledReason,
        createdAt,
        createdBy,
        previousSecretUntil,
        pendingDeliveries,
        deadDeliveries,
        shown);
  }

  /// Without the secret: this may end up in a log.
  @Override
  public String toString() {
    return "WebhookEndpoint[" + id + ", " + url + ", " + state.wire() + "]";
  }
}
