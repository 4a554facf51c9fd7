package io.countersign.server.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which records are asked for; null asks for any.
///
/// @param from at or after this instant
/// @param before earlier than this instant
/// @param object its id as the contract writes it, with its prefix
record AuditFilter(
    @Nullable String actor,
    @Nullable Instant from,
    @Nullable Instant before,
    @Nullable String object) {}
