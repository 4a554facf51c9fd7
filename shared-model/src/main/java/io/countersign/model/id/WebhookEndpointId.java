package io.countersign.model.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// An address that events are sent to.
public record WebhookEndpointId(UUID uuid) implements TypedId {

  private static final String PREFIX = "whe_";

  /// @throws IllegalArgumentException when `text` is not `whe_` followed by a UUID
  @JsonCreator
  public static WebhookEndpointId parse(String text) {
    return new WebhookEndpointId(TypedId.parse(PREFIX, text));
  }

  @JsonValue
  @Override
  public String toString() {
    return PREFIX + uuid;
  }
}
