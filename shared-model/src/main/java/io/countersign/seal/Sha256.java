package io.countersign.seal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The one hash that seals use.
public final class Sha256 {

  public static final int BYTES = 32;

  private Sha256() {}

  public static byte[] of(byte[] data) {
    return digest().digest(data);
  }

  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      // Every Java platform is required to have it.
      throw new IllegalStateException(e);
    }
  }
}
