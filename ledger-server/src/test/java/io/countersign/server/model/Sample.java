package io.countersign.server.model;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A balance as known at an instant, asked while the books moved; it must be the same for ever.
///
/// @param effectiveOn null is the day of `knownAt`
record Sample(String account, @Nullable LocalDate effectiveOn, Instant knownAt, String answer) {

  static String path(String account, @Nullable LocalDate effectiveOn, Instant knownAt) {
    return "/accounts/"
        + account
        + "/balance?knownAt="
        + knownAt
        + (effectiveOn == null ? "" : "&effectiveOn=" + effectiveOn);
  }

  String path() {
    return path(account, effectiveOn, knownAt);
  }
}
