package io.countersign.server.sagas;

import io.countersign.model.Relation;
import io.countersign.model.id.SagaId;

/// Which saga a step is carried out for.
///
/// @param attempts at this step before this one
public record SagaRun(int ledger, SagaId saga, Relation subject, int attempts) {}
