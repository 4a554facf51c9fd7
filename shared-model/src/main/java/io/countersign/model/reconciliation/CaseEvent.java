package io.countersign.model.reconciliation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One step of an exception's history.
public record CaseEvent(
    Instant at,
    String by,
    String type,
    @Nullable ExceptionState from,
    @Nullable ExceptionState to,
    @Nullable String detail) {}
