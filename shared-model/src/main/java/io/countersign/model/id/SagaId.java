package io.countersign.model.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// A saga.
public record SagaId(UUID uuid) implements TypedId {

  private static final String PREFIX = "sag_";

  /// @throws IllegalArgumentException when `text` is not `sag_` followed by a UUID
  @JsonCreator
  public static SagaId parse(String text) {
    return new SagaId(TypedId.parse(PREFIX, text));
  }

  @JsonValue
  @Override
  public String toString() {
    return PREFIX + uuid;
  }
}
