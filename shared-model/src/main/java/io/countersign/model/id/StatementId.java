package io.countersign.model.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// A statement of a bank or an acquirer.
public record StatementId(UUID uuid) implements TypedId {

  private static final String PREFIX = "stm_";

  /// @throws IllegalArgumentException when `text` is not `stm_` followed by a UUID
  @JsonCreator
  public static StatementId parse(String text) {
    return new StatementId(TypedId.parse(PREFIX, text));
  }

  @JsonValue
  @Override
  public String toString() {
    return PREFIX + uuid;
  }
}
