package io.countersign.model.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// A reconciliation run.
public record RunId(UUID uuid) implements TypedId {

  private static final String PREFIX = "rec_";

  /// @throws IllegalArgumentException when `text` is not `rec_` followed by a UUID
  @JsonCreator
  public static RunId parse(String text) {
    return new RunId(TypedId.parse(PREFIX, text));
  }

  @JsonValue
  @Override
  public String toString() {
    return PREFIX + uuid;
  }
}
