package io.countersign.server.reconciliation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// SHA-256 over values, each preceded by its length, so that no two lists of values look alike.
final class ContentHash {

  private final MessageDigest digest;

  ContentHash() {
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  ContentHash add(@Nullable Object value) {
    byte[] bytes = String.valueOf(value).getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + (value == null ? "-" : ":")).getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
    return this;
  }

  ContentHash addBytes(byte[] bytes, int length) {
    digest.update(bytes, 0, length);
    return this;
  }

  /// Ends this hash: nothing can be added afterwards.
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
