package io.countersign.model.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// A payment.
public record PaymentId(UUID uuid) implements TypedId {

  private static final String PREFIX = "pay_";

  /// @throws IllegalArgumentException when `text` is not `pay_` followed by a UUID
  @JsonCreator
  public static PaymentId parse(String text) {
    return new PaymentId(TypedId.parse(PREFIX, text));
  }

  @JsonValue
  @Override
  public String toString() {
    return PREFIX + uuid;
  }
}
