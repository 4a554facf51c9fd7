package io.countersign.model.reconciliation;

import io.countersign.model.id.MatchId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How an exception ended.
///
/// @param type such as `match`, `dismissal` or `late_line`
public record Resolution(
    String type, String by, Instant at, @Nullable String reason, @Nullable MatchId matchId) {}
