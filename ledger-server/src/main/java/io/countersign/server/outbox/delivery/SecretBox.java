package io.countersign.server.outbox.delivery;

import io.countersign.server.database.Home;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Closes the secrets of endpoints before they are stored, and opens them to sign: AES in Galois
/// counter mode (NIST SP 800-38D) under a key that is not in the database.
///
/// What is closed for one endpoint opens for no other.
final class SecretBox {

  private static final String FILE = "webhooks.key";
  private static final String CLOSED = "aes1:";
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;
  private final SecureRandom random = new SecureRandom();

  private SecretBox(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  /// With the key in `file`, 48 hexadecimal digits; made when it is not there.
  ///
  /// @param file in the home unless it is given
  static SecretBox at(Home home, @Nullable Path file) {
    Path where = file == null ? home.resolve(FILE) : file.toAbsolutePath();
    String digits = home.secret(where.toString());
    if (!digits.matches("[0-9a-f]{48}")) {
      throw new IllegalStateException(
          where + " holds no key of webhook secrets: 48 hexadecimal digits");
    }
    return new SecretBox(HexFormat.of().parseHex(digits));
  }

  /// @return a text to be stored, another one each time
  String close(EndpointKey of, String secret) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] closed =
          cipher(Cipher.ENCRYPT_MODE, of, nonce).doFinal(secret.getBytes(StandardCharsets.UTF_8));
      byte[] both =
          ByteBuffer.allocate(nonce.length + closed.length).put(nonce).put(closed).array();
      return CLOSED + Base64.getEncoder().encodeToString(both);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a secret cannot be closed", e);
    }
  }

  /// @param stored by [#close], or a secret that was stored as it is by an earlier version
  /// @return empty when it was closed under another key, or for another endpoint
  Optional<String> open(EndpointKey of, String stored) {
    if (!isClosed(stored)) {
      return Optional.of(stored);
    }
    try {
      byte[] both = Base64.getDecoder().decode(stored.substring(CLOSED.length()));
      ByteBuffer parts = ByteBuffer.wrap(both);
      byte[] nonce = new byte[NONCE_BYTES];
      parts.get(nonce);
      byte[] closed = new byte[parts.remaining()];
      parts.get(closed);
      byte[] secret = cipher(Cipher.DECRYPT_MODE, of, nonce).doFinal(closed);
      return Optional.of(new String(secret, StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  static boolean isClosed(String stored) {
    return stored.startsWith(CLOSED);
  }

  private Cipher cipher(int mode, EndpointKey of, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD((of.ledger() + ":" + of.id()).getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
