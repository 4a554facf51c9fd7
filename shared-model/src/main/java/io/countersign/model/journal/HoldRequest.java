package io.countersign.model.journal;

import io.countersign.model.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `POST L/holds`: takes the amount from what is available on `from` at once.
///
/// @param expiresAt in the future; kept to the microsecond
public record HoldRequest(
    String from,
    String to,
    Money amount,
    Instant expiresAt,
    String description,
    @Nullable String reference) {}
