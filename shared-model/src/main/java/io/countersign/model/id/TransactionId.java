package io.countersign.model.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// A transaction of the journal.
public record TransactionId(UUID uuid) implements TypedId {

  private static final String PREFIX = "txn_";

  /// @throws IllegalArgumentException when `text` is not `txn_` followed by a UUID
  @JsonCreator
  public static TransactionId parse(String text) {
    return new TransactionId(TypedId.parse(PREFIX, text));
  }

  @JsonValue
  @Override
  public String toString() {
    return PREFIX + uuid;
  }
}
