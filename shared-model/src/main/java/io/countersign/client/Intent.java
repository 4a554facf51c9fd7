package io.countersign.client;

import io.countersign.model.UuidV7;

/// One thing that somebody wants done, once. Every attempt at it carries the same key, so the
/// server does it at most once however often it is asked.
///
/// Make one per decision of the caller, and keep it until the answer is known.
///
/// @param key 1–255 visible characters
public record Intent(String key) {

  public Intent {
    if (key.isEmpty() || key.length() > 255 || !key.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new IllegalArgumentException("a key is 1–255 visible characters, not '" + key + "'");
    }
  }

  public static Intent fresh(UuidV7 ids) {
    return new Intent(ids.next().toString());
  }
}
