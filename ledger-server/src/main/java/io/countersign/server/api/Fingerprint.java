package io.countersign.server.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// What a request asks for, as 32 bytes: equal requests have equal fingerprints.
public final class Fingerprint {

  private final byte[] sha256;

  public Fingerprint(byte[] sha256) {
    this.sha256 = sha256.clone();
  }

  /// @param line what the request is, such as its method and path
  /// @param canonical its body as [CanonicalJson] writes it, or its bytes where it is no JSON
  public static Fingerprint of(String line, byte[] canonical) {
    MessageDigest sha256 = sha256();
    sha256.update((line + '\n').getBytes(StandardCharsets.UTF_8));
    return new Fingerprint(sha256.digest(canonical));
  }

  public static Fingerprint of(String line, String canonical) {
    return of(line, canonical.getBytes(StandardCharsets.UTF_8));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  public byte[] bytes() {
    return sha256.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fingerprint that && Arrays.equals(that.sha256, sha256);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sha256);
  }
}
