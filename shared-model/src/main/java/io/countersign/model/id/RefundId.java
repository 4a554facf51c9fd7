package io.countersign.model.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// A refund of a payment.
public record RefundId(UUID uuid) implements TypedId {

  private static final String PREFIX = "ref_";

  /// @throws IllegalArgumentException when `text` is not `ref_` followed by a UUID
  @JsonCreator
  public static RefundId parse(String text) {
    return new RefundId(TypedId.parse(PREFIX, text));
  }

  @JsonValue
  @Override
  public String toString() {
    return PREFIX + uuid;
  }
}
