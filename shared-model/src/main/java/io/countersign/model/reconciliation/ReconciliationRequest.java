package io.countersign.model.reconciliation;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// `POST L/reconciliations`.
///
/// @param through the last day to look at; null is all
public record ReconciliationRequest(String source, @Nullable LocalDate through) {}
