package io.countersign.server.audit;

import io.countersign.server.api.Caller;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A change with all that is known about its circumstances.
record AuditRow(
    int ledger,
    UUID id,
    Instant at,
    Caller caller,
    @Nullable String address,
    AuditChange change,
    @Nullable String before,
    @Nullable String after,
    @Nullable String correlationId) {}
