package io.countersign.server.seals;

import io.countersign.model.seals.Broken;
import io.countersign.seal.Ed25519;
import io.countersign.seal.SealStatement;
import io.countersign.seal.Sha256;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// Checks that each seal follows the one before and bears a signature that counts.
final class ChainCheck {

  private final SealKey key;
  private long number;
  private long through;
  private byte[] hash = new byte[Sha256.BYTES];

  ChainCheck(SealKey key) {
    this.key = key;
  }

  /// The next seal in the order of numbers; what is wrong with it, if anything.
  Optional<Broken> next(SealRow seal) {
    SealStatement statement = seal.statement();
    if (statement.number() != number + 1) {
      return broken(
          number + 1, "missing", "Seal " + (number + 1) + " is gone; the next one is there.");
    }
    if (!Ed25519.verifies(statement.publicKey(), statement.canonical(), seal.signature())) {
      return broken(
          statement.number(), "bad_signature", "The signature does not fit what the seal says.");
    }
    if (!key.trusts(statement.publicKey())) {
      return broken(
          statement.number(),
          "unknown_key",
          "It is signed by the key "
              + HexFormat.of().formatHex(statement.publicKey())
              + ", which is neither this server's nor in countersign.seals.trusted-keys.");
    }
    if (!Arrays.equals(statement.previous(), hash) || statement.fromSequence() != through + 1) {
      return broken(
          statement.number(), "not_chained", "It does not follow from the seal before it.");
    }
    number = statement.number();
    through = statement.throughSequence();
    hash = statement.hash();
    return Optional.empty();
  }

  /// Of the last seal that passed; 0 before the first.
  long number() {
    return number;
  }

  static Optional<Broken> broken(long seal, String difference, String detail) {
    return Optional.of(new Broken("seal", Long.toString(seal), null, seal, difference, detail));
  }
}
