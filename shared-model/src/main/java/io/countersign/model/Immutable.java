package io.countersign.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Defensive copies for the records of the contract.
///
/// They keep what was sent, null elements included: it is for the server to say what is wrong with
/// them. A list that is missing becomes an empty one.
public final class Immutable {

  private Immutable() {}

  public static <T> List<T> list(@Nullable List<T> given) {
    return given == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(given));
  }

  public static Map<String, @Nullable Object> map(@Nullable Map<String, @Nullable Object> given) {
    return given == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(given));
  }
}
