package io.countersign.model.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// A match of statement lines and transactions.
public record MatchId(UUID uuid) implements TypedId {

  private static final String PREFIX = "mat_";

  /// @throws IllegalArgumentException when `text` is not `mat_` followed by a UUID
  @JsonCreator
  public static MatchId parse(String text) {
    return new MatchId(TypedId.parse(PREFIX, text));
  }

  @JsonValue
  @Override
  public String toString() {
    return PREFIX + uuid;
  }
}
