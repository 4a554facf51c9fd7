package io.countersign.model.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// A hold on an account's funds.
public record HoldId(UUID uuid) implements TypedId {

  private static final String PREFIX = "hold_";

  /// @throws IllegalArgumentException when `text` is not `hold_` followed by a UUID
  @JsonCreator
  public static HoldId parse(String text) {
    return new HoldId(TypedId.parse(PREFIX, text));
  }

  @JsonValue
  @Override
  public String toString() {
    return PREFIX + uuid;
  }
}
