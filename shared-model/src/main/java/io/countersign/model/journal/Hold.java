package io.countersign.model.journal;

import io.countersign.model.Immutable;
import io.countersign.model.Money;
import io.countersign.model.id.HoldId;
import io.countersign.model.id.TransactionId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Funds set aside on `from` until they go to `to` or are let go.
///
/// @param state as committed: a hold counts against `available` exactly while it is open
/// @param capturedAmount what went to `to`; zero unless captured
/// @param expiresAt from this instant it can only expire, also while it is still shown as open
/// @param transactions the one that opened it, then the one that ended it
public record Hold(
    HoldId id,
    HoldState state,
    String from,
    String to,
    Money amount,
    Money capturedAmount,
    Instant expiresAt,
    String description,
    @Nullable String reference,
    List<TransactionId> transactions) {

  public Hold {
    transactions = Immutable.list(transactions);
  }
}
