package io.countersign.console.sagas;

import io.countersign.model.payments.Payment;
import io.countersign.model.payments.Saga;
import org.jspecify.annotations.Nullable;

/// A saga with what it is about.
///
/// @param payment null when it is not about one
public record SagaDetail(Saga saga, @Nullable Payment payment) {}
