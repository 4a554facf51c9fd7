package io.countersign.server.journal;

import io.countersign.model.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a hold sets aside, and for how long.
///
/// @param expiresAt whole microseconds; null for a hold that another feature opened and ends
record HoldTerms(
    String from,
    String to,
    Money amount,
    String description,
    @Nullable String reference,
    @Nullable Instant expiresAt) {}
