package io.countersign.server.reconciliation.statement;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Gathers the identifiers of one line, each once, in the file's order.
///
/// Placeholders that mean "there is none" are left out: matched by one of them, every payment
/// without a reference would be the same payment.
final class References {

  // A single entry may be a batch of thousands; far more than any bank sends stays bounded.
  private static final int COUNT_MAX = 10_000;
  private static final int LENGTH_MAX = 140;

  // NOTPROVIDED: ISO 20022 and the SEPA rulebooks. NONREF: SWIFT MT940, field 61. EREF and its like
  // in field 61 say in which part of field 86 the reference is.
  private static final Set<String> PLACEHOLDERS =
      Set.of(
          "NOTPROVIDED",
          "NONREF",
          "NOREF",
          "NOREFERENCE",
          "NONE",
          "N/A",
          "NA",
          "UNKNOWN",
          "EREF",
          "KREF",
          "PREF",
          "MREF",
          "MARF",
          "RREF",
          "SREF");

  private final Set<String> found = new LinkedHashSet<>();

  void add(@Nullable String text) {
    if (text == null) {
      return;
    }
    String reference = text.strip();
    if (means(reference) && found.size() < COUNT_MAX) {
      found.add(reference);
    }
  }

  private static boolean means(String reference) {
    if (reference.isEmpty() || reference.length() > LENGTH_MAX) {
      return false;
    }
    String bare = reference.replaceAll("[\\s._-]", "").toUpperCase(Locale.ROOT);
    return !PLACEHOLDERS.contains(bare) && !bare.chars().allMatch(c -> c == '0' || c == '/');
  }

  List<String> all() {
    return List.copyOf(found);
  }
}
