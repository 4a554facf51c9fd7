package io.countersign.model.seals;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A verification of a ledger's seals against what is stored.
///
/// @param throughSequence up to where it has been checked and found as it was sealed
/// @param firstBroken what differs first; null unless `broken`
/// @param progress percent
public record Verification(
    VerificationState state,
    long throughSequence,
    @Nullable Broken firstBroken,
    @Nullable Instant finishedAt,
    int progress,
    String requestedBy,
    Instant startedAt) {}
