package io.countersign.model.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// An event sent to webhook endpoints.
public record EventId(UUID uuid) implements TypedId {

  private static final String PREFIX = "evt_";

  /// @throws IllegalArgumentException when `text` is not `evt_` followed by a UUID
  @JsonCreator
  public static EventId parse(String text) {
    return new EventId(TypedId.parse(PREFIX, text));
  }

  @JsonValue
  @Override
  public String toString() {
    return PREFIX + uuid;
  }
}
