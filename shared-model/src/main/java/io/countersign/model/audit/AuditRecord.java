package io.countersign.model.audit;

import io.countersign.model.Relation;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One change as the audit log keeps it.
///
/// @param action what was done to what kind of thing, such as `account.freeze`
/// @param address from where; null for the server's own work
/// @param correlationId also in the server's log and in the answer's `X-Correlation-Id`
/// @param before the object's state as JSON, without secrets; null for what was new
/// @param after null for what is gone
public record AuditRecord(
    UUID id,
    Instant at,
    String actor,
    ActorKind actorKind,
    String action,
    Relation object,
    @Nullable String address,
    @Nullable String correlationId,
    @Nullable Object before,
    @Nullable Object after) {}
