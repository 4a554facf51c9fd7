package io.countersign.server.sandbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What has become of one key: the snapshot that the log keeps after each change.
///
/// @param reference the acquirer's own name for it
/// @param paymentMethod the token that decides; a refund's is the one its description names
/// @param chargeKey the charge that a refund gives back; null for a charge
/// @param webhookUrl where its events go; null for nowhere
/// @param sends how often the key has arrived
record Operation(
    Kind kind,
    State state,
    String key,
    String reference,
    Amount amount,
    String paymentMethod,
    @Nullable String declineCode,
    @Nullable String chargeKey,
    @Nullable String merchantReference,
    @Nullable String webhookUrl,
    int sends,
    Instant at) {

  enum Kind {
    CHARGE,
    REFUND
  }

  enum State {
    /// Arrived and had no effect; the next send under this key may have one.
    RECEIVED,
    DONE,
    DECLINED,
    CANCELLED
  }

  boolean isFinal() {
    return state != State.RECEIVED;
  }

  Token token() {
    return Token.of(paymentMethod);
  }

  boolean is(Kind asked, State inState) {
    return kind == asked && state == inState;
  }
}
