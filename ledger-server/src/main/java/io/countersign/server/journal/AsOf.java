package io.countersign.server.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How the books stood when: what of them a question sees.
///
/// @param through the highest sequence that can be in
/// @param knownAt what was recorded later is not in; null = all up to `through`
record AsOf(long through, @Nullable Instant knownAt) {

  /// Every acknowledged transaction.
  static final AsOf NOW = new AsOf(Long.MAX_VALUE, null);

  /// @param covering a watermark taken at the instant or after it
  static AsOf at(Instant knownAt, Watermark covering) {
    return new AsOf(covering.sequence(), knownAt);
  }
}
