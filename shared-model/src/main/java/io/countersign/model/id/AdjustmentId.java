package io.countersign.model.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// A proposed adjustment.
public record AdjustmentId(UUID uuid) implements TypedId {

  private static final String PREFIX = "adj_";

  /// @throws IllegalArgumentException when `text` is not `adj_` followed by a UUID
  @JsonCreator
  public static AdjustmentId parse(String text) {
    return new AdjustmentId(TypedId.parse(PREFIX, text));
  }

  @JsonValue
  @Override
  public String toString() {
    return PREFIX + uuid;
  }
}
