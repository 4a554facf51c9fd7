package io.countersign.server.api;

import org.springframework.http.ResponseEntity;

/// The port that the idempotency feature implements: an effect and its answer are committed with
/// the key, in one database transaction, so a retry gets the first answer and no second effect.
public interface OncePerKey {

  /// Runs inside the database transaction that also stores key and answer. Throws a
  /// [ProblemException] to refuse: what it wrote is undone, and the refusal is stored instead.
  @FunctionalInterface
  interface Effect {
    Answer run();
  }

  /// Runs first in the database transaction, before the key is inserted: the place for the
  /// journal's gate, which comes before keys in the one lock order.
  @FunctionalInterface
  interface Preamble {
    Preamble NONE = () -> {};

    void run();
  }

  /// @return the effect's answer, or the stored one with `Idempotency-Replayed: true`
  /// @throws ProblemException `idempotency-key-reused` when the key stands for another request,
  ///   `idempotency-key-in-use` when the first one still runs after 2 seconds, or what the effect
  ///   refused and the key does not keep
  ResponseEntity<byte[]> execute(KeyedRequest request, Preamble preamble, Effect effect);

  default ResponseEntity<byte[]> execute(KeyedRequest request, Effect effect) {
    return execute(request, Preamble.NONE, effect);
  }
}
