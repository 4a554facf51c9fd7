package io.countersign.model.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// An exception of reconciliation.
public record ExceptionId(UUID uuid) implements TypedId {

  private static final String PREFIX = "exc_";

  /// @throws IllegalArgumentException when `text` is not `exc_` followed by a UUID
  @JsonCreator
  public static ExceptionId parse(String text) {
    return new ExceptionId(TypedId.parse(PREFIX, text));
  }

  @JsonValue
  @Override
  public String toString() {
    return PREFIX + uuid;
  }
}
