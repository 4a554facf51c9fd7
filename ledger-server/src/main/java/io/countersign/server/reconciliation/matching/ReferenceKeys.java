package io.countersign.server.reconciliation.matching;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// References as they survive a payment's way through banks, which change case, drop or replace
/// punctuation and insert blanks: letters and digits alone, in capitals.
public final class ReferenceKeys {

  private static final int LENGTH_MIN = 3;

  private ReferenceKeys() {}

  /// @return null when too little is left to tell one payment from another
  public static @Nullable String of(@Nullable String reference) {
    if (reference == null) {
      return null;
    }
    String key = reference.toUpperCase(Locale.ROOT).replaceAll("[^\\p{Alnum}]", "");
    return key.length() < LENGTH_MIN ? null : key;
  }

  /// The keys of all references, each once, in their order.
  public static List<String> of(Collection<? extends @Nullable String> references) {
    return references.stream()
        .map(reference -> of(reference))
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .distinct()
        .toList();
  }
}
