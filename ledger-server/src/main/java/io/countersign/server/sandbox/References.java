package io.countersign.server.sandbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Everything that looks like chance here is a hash of the key, so that a run can be repeated.
final class References {

  private References() {}

  /// The acquirer's own name for what happened under a key.
  static String of(Operation.Kind kind, String key) {
    String prefix = kind == Operation.Kind.CHARGE ? "sbx_ch_" : "sbx_re_";
    return prefix + HexFormat.of().formatHex(sha256(kind + "|" + key), 0, 10);
  }

  static String eventId(String type, String key) {
    return "sbx_evt_" + HexFormat.of().formatHex(sha256(type + "|" + key), 0, 12);
  }

  /// @return 0 to `bound` - 1, alike at every call
  static int choose(String salt, String key, int bound) {
    byte[] hash = sha256(salt + "|" + key);
    return Math.floorMod(ByteBuffer.wrap(hash).getInt(), bound);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
