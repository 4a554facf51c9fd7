package io.countersign.model.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// An API key.
public record KeyId(UUID uuid) implements TypedId {

  private static final String PREFIX = "key_";

  /// @throws IllegalArgumentException when `text` is not `key_` followed by a UUID
  @JsonCreator
  public static KeyId parse(String text) {
    return new KeyId(TypedId.parse(PREFIX, text));
  }

  @JsonValue
  @Override
  public String toString() {
    return PREFIX + uuid;
  }
}
