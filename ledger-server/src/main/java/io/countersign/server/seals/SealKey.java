package io.countersign.server.seals;

import io.countersign.seal.Ed25519;
import io.countersign.server.database.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.springframework.stereotype.Component;

/// The key that signs seals and manifests: a PEM file that only its owner can read, made at the
/// first start, with the public key in `seal.pub` beside it.
@Component
public class SealKey {

  private static final String DEFAULT_FILE = "seal.key";
  private static final String PUBLIC_FILE = "seal.pub";
  private static final int PEM_LINE = 64;

  private final byte[] privateKey;
  private final byte[] publicKey;
  private final List<byte[]> trusted;

  SealKey(Home home, SealsProperties properties) {
    Path file = properties.key() == null ? home.resolve(DEFAULT_FILE) : properties.key();
    try {
      this.privateKey = read(file.toAbsolutePath());
      this.publicKey = new Ed25519PrivateKeyParameters(privateKey).generatePublicKey().getEncoded();
      writePublic(home.resolve(PUBLIC_FILE));
    } catch (IOException e) {
      throw new UncheckedIOException("the key of the seals at " + file + " cannot be used", e);
    }
    this.trusted = properties.trustedKeys().stream().map(SealKey::trustedKey).toList();
  }

  public byte[] publicKey() {
    return publicKey.clone();
  }

  /// @return an Ed25519 signature, 64 bytes
  public byte[] sign(byte[] message) {
    return Ed25519.sign(privateKey, message);
  }

  /// Whether what this key signed counts: the own one does, and those the settings name.
  boolean trusts(byte[] key) {
    return Arrays.equals(publicKey, key) || trusted.stream().anyMatch(it -> Arrays.equals(it, key));
  }

  private static byte[] read(Path file) throws IOException {
    if (!Files.exists(file)) {
      writeNew(file);
    }
    try {
      return Ed25519.privateDecoded(unwrapped(Files.readString(file)));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " holds no private Ed25519 key in PEM (PKCS #8)", e);
    }
  }

  // Written beside and then linked: a crash in between leaves no half key behind, and of several
  // servers that share the file one is first.
  private static void writeNew(Path file) throws IOException {
    byte[] fresh = new byte[Ed25519.KEY_BYTES];
    new SecureRandom().nextBytes(fresh);
    Path draft = Files.createTempFile(Objects.requireNonNull(file.getParent()), "seal", ".new");
    try {
      Files.writeString(draft, wrapped("PRIVATE KEY", Ed25519.privateEncoded(fresh)));
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      // Another server's key is the one.
    } finally {
      Files.delete(draft);
    }
  }

  private void writePublic(Path file) throws IOException {
    String pem = wrapped("PUBLIC KEY", Ed25519.publicEncoded(publicKey));
    if (!Files.exists(file) || !Files.readString(file).equals(pem)) {
      Files.writeString(file, pem);
    }
  }

  private static String wrapped(String what, byte[] encoded) {
    byte[] newline = "\n".getBytes(StandardCharsets.US_ASCII);
    String body = Base64.getMimeEncoder(PEM_LINE, newline).encodeToString(encoded);
    return "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
  }

  private static byte[] unwrapped(String pem) {
    return Base64.getMimeDecoder().decode(pem.replaceAll("-----(BEGIN|END) [A-Z ]+-----", ""));
  }

  private static byte[] trustedKey(String hex) {
    byte[] key = HexFormat.of().parseHex(hex.strip());
    if (key.length != Ed25519.KEY_BYTES) {
      throw new IllegalArgumentException(
          "countersign.seals.trusted-keys takes public keys of 64 hexadecimal digits, not '"
              + hex
              + "'");
    }
    return key;
  }
}
