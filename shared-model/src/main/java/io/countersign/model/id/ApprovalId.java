package io.countersign.model.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// A proposal that a second person decides.
public record ApprovalId(UUID uuid) implements TypedId {

  private static final String PREFIX = "apr_";

  /// @throws IllegalArgumentException when `text` is not `apr_` followed by a UUID
  @JsonCreator
  public static ApprovalId parse(String text) {
    return new ApprovalId(TypedId.parse(PREFIX, text));
  }

  @JsonValue
  @Override
  public String toString() {
    return PREFIX + uuid;
  }
}
