package io.countersign.server.api;

import java.util.UUID;
import java.util.regex.Pattern;

/// A POST with its idempotency key; controllers take it as a parameter.
///
/// Two requests are the same when ledger, owner, key and fingerprint are.
///
/// @param owner the credential's owner, never the token
/// @param key 1–255 visible characters
/// @param fingerprint SHA-256 over method, path and the body with its JSON keys sorted
/// @param path of the request, which a stored problem names as its `instance`
public record KeyedRequest(
    int ledger, UUID owner, String key, Fingerprint fingerprint, String path) {

  public static final int KEY_LENGTH_MAX = 255;
  private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]{1," + KEY_LENGTH_MAX + "}");

  /// Whether this can be a key: 1–255 visible ASCII characters.
  public static boolean isKey(String text) {
    return VISIBLE.matcher(text).matches();
  }

  /// 400 `idempotency-key-missing`.
  public static Problem keyMissing(String detail) {
    return Problem.of("idempotency-key-missing", 400, detail);
  }

  /// The same request with its key counting in this ledger: for a path that names none.
  public KeyedRequest in(int other) {
    return new KeyedRequest(other, owner, key, fingerprint, path);
  }

  public KeyedRequest with(Fingerprint other) {
    return new KeyedRequest(ledger, owner, key, other, path);
  }
}
