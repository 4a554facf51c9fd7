package io.countersign.model.journal;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// `POST L/transactions/{id}/reversals`.
public record ReversalRequest(String reason, @Nullable LocalDate effectiveOn) {}
