package io.countersign.server.security;

import io.countersign.server.api.Fingerprint;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/// Passwords as Argon2id with 19 MiB and two passes (OWASP Password Storage Cheat Sheet).
@Component
class Passwords {

  static final int LENGTH_MIN = 8;
  static final int LENGTH_MAX = 200;

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int LANES = 1;
  private static final int MEMORY_KIB = 19 * 1024;
  private static final int PASSES = 2;
  // Each hash takes a core and 19 MiB: a storm of sign-ins must leave the books some of both.
  private static final int AT_ONCE_MAX = 4;

  private final Argon2PasswordEncoder encoder =
      new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);
  private final Semaphore atOnce = new Semaphore(AT_ONCE_MAX, true);
  private final String nobodys = hash(Tokens.next(""));

  String hash(String password) {
    atOnce.acquireUninterruptibly();
    try {
      return Objects.requireNonNull(encoder.encode(password));
    } finally {
      atOnce.release();
    }
  }

  boolean matches(String password, String hash) {
    if (password.length() > LENGTH_MAX) {
      return false;
    }
    atOnce.acquireUninterruptibly();
    try {
      return encoder.matches(password, hash);
    } finally {
      atOnce.release();
    }
  }

  /// Takes as long as a check against a real hash, so that the answer's time does not tell which
  /// usernames exist.
  ///
  /// @return false: the hash is of a random secret that was thrown away
  boolean matchesNobody(String password) {
    return matches(password, nobodys);
  }

  /// The same request with a fingerprint that covers a password as its hash does: guessing the
  /// password from what is stored with the key costs as much as guessing it from the hash.
  KeyedRequest guarded(KeyedRequest request) {
    Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
    argon2.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withSalt((request.owner() + " " + request.key()).getBytes(StandardCharsets.UTF_8))
            .withParallelism(LANES)
            .withMemoryAsKB(MEMORY_KIB)
            .withIterations(PASSES)
            .build());
    byte[] slow = new byte[HASH_BYTES];
    atOnce.acquireUninterruptibly();
    try {
      argon2.generateBytes(request.fingerprint().bytes(), slow);
    } finally {
      atOnce.release();
    }
    return request.with(new Fingerprint(slow));
  }

  /// @throws io.countersign.server.api.ProblemException 422 `weak-password`
  static void requireStrong(String password, String username) {
    boolean strong =
        password.length() >= LENGTH_MIN
            && password.length() <= LENGTH_MAX
            && !password.equalsIgnoreCase(username);
    if (!strong) {
      throw Problem.of(
              "weak-password",
              422,
              "A password has "
                  + LENGTH_MIN
                  + " to "
                  + LENGTH_MAX
                  + " characters and is not the username.")
          .asException();
    }
  }
}
