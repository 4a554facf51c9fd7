package io.countersign.model.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// A person who signs in.
public record UserId(UUID uuid) implements TypedId {

  private static final String PREFIX = "usr_";

  /// @throws IllegalArgumentException when `text` is not `usr_` followed by a UUID
  @JsonCreator
  public static UserId parse(String text) {
    return new UserId(TypedId.parse(PREFIX, text));
  }

  @JsonValue
  @Override
  public String toString() {
    return PREFIX + uuid;
  }
}
