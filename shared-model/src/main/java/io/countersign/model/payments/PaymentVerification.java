package io.countersign.model.payments;

import io.countersign.model.Immutable;
import io.countersign.model.seals.VerificationState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A verification that each payment of a ledger is what its history makes of it.
///
/// @param checked payments so far
/// @param differing how many of them are not what their history makes of them
/// @param differences the first 100 of these
/// @param finishedAt null while it is running
public record PaymentVerification(
    VerificationState state,
    long checked,
    long differing,
    List<PaymentDifference> differences,
    String requestedBy,
    Instant startedAt,
    @Nullable Instant finishedAt) {

  public PaymentVerification {
    differences = Immutable.list(differences);
  }
}
