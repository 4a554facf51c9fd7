package io.countersign.model.reconciliation;

import io.countersign.model.id.MatchId;
import io.countersign.model.id.TransactionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How an exception ended.
///
/// @param type such as `match`, `write_off`, `adjustment`, `dismissal` or `late_line`
/// @param transactionId what was posted for it; null unless an approved proposal did
public record Resolution(
    String type,
    String by,
    Instant at,
    @Nullable String reason,
    @Nullable MatchId matchId,
    @Nullable TransactionId transactionId) {}
