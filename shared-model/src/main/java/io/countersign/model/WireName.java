package io.countersign.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// An enum whose constants are written in lower case with underscores on the wire:
/// `PENDING_CONFIRMATION` is `pending_confirmation`.
public interface WireName {

  String name();

  @JsonValue
  default String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @throws IllegalArgumentException when no constant of `type` is written so
  static <E extends Enum<E> & WireName> E parse(Class<E> type, String wire) {
    for (E constant : type.getEnumConstants()) {
      if (constant.wire().equals(wire)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("'" + wire + "' is no " + type.getSimpleName());
  }
}
