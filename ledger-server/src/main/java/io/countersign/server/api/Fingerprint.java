package io.countersign.server.api;

import java.util.Arrays;

/// What a request asks for, as 32 bytes: equal requests have equal fingerprints.
public final class Fingerprint {

  private final byte[] sha256;

  public Fingerprint(byte[] sha256) {
    this.sha256 = sha256.clone();
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
