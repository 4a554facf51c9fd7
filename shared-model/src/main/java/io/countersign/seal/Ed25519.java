package io.countersign.seal;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/// Signatures as RFC 8032 defines them, with keys as their bare 32 bytes.
public final class Ed25519 {

  public static final int KEY_BYTES = 32;

  // RFC 8410: what stands before the bare key in its usual encodings.
  private static final byte[] PUBLIC_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final byte[] PRIVATE_PREFIX =
      HexFormat.of().parseHex("302e020100300506032b657004220420");

  private Ed25519() {}

  /// @return false also when key or signature are malformed
  public static boolean verifies(byte[] publicKey, byte[] message, byte[] signature) {
    if (publicKey.length != KEY_BYTES) {
      return false;
    }
    try {
      PublicKey key =
          KeyFactory.getInstance("Ed25519")
              .generatePublic(new X509EncodedKeySpec(publicEncoded(publicKey)));
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /// @param privateKey the 32 bytes that RFC 8032 calls the private key
  public static byte[] sign(byte[] privateKey, byte[] message) {
    try {
      PrivateKey key =
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(new PKCS8EncodedKeySpec(privateEncoded(privateKey)));
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(key);
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key cannot sign", e);
    }
  }

  /// As `SubjectPublicKeyInfo`, which is what a PEM file holds.
  public static byte[] publicEncoded(byte[] publicKey) {
    return joined(PUBLIC_PREFIX, publicKey);
  }

  /// As PKCS #8, which is what a PEM file holds.
  public static byte[] privateEncoded(byte[] privateKey) {
    return joined(PRIVATE_PREFIX, privateKey);
  }

  /// @throws IllegalArgumentException when this is not an Ed25519 key in PKCS #8
  public static byte[] privateDecoded(byte[] encoded) {
    return bare(PRIVATE_PREFIX, encoded, "a private Ed25519 key in PKCS #8");
  }

  /// @throws IllegalArgumentException when this is not a `SubjectPublicKeyInfo` of Ed25519
  public static byte[] publicDecoded(byte[] encoded) {
    return bare(PUBLIC_PREFIX, encoded, "a public Ed25519 key");
  }

  private static byte[] joined(byte[] prefix, byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("a key of " + key.length + " bytes; Ed25519 has 32");
    }
    byte[] encoded = java.util.Arrays.copyOf(prefix, prefix.length + KEY_BYTES);
    System.arraycopy(key, 0, encoded, prefix.length, KEY_BYTES);
    return encoded;
  }

  private static byte[] bare(byte[] prefix, byte[] encoded, String what) {
    if (encoded.length != prefix.length + KEY_BYTES
        || !java.util.Arrays.equals(prefix, java.util.Arrays.copyOf(encoded, prefix.length))) {
      throw new IllegalArgumentException("this is not " + what);
    }
    return java.util.Arrays.copyOfRange(encoded, prefix.length, encoded.length);
  }
}
