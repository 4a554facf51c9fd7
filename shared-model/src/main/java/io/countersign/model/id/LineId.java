package io.countersign.model.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// A line of a statement.
public record LineId(UUID uuid) implements TypedId {

  private static final String PREFIX = "lin_";

  /// @throws IllegalArgumentException when `text` is not `lin_` followed by a UUID
  @JsonCreator
  public static LineId parse(String text) {
    return new LineId(TypedId.parse(PREFIX, text));
  }

  @JsonValue
  @Override
  public String toString() {
    return PREFIX + uuid;
  }
}
