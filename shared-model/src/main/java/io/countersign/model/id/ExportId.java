package io.countersign.model.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// An export.
public record ExportId(UUID uuid) implements TypedId {

  private static final String PREFIX = "exp_";

  /// @throws IllegalArgumentException when `text` is not `exp_` followed by a UUID
  @JsonCreator
  public static ExportId parse(String text) {
    return new ExportId(TypedId.parse(PREFIX, text));
  }

  @JsonValue
  @Override
  public String toString() {
    return PREFIX + uuid;
  }
}
