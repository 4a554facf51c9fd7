package io.countersign.server.sagas;

import io.countersign.model.id.SagaId;
import java.time.Instant;

/// Promises, within the caller's transaction, that some server will look at a saga.
@FunctionalInterface
interface WakeUps {

  /// @param version the saga's when it was promised; a wake-up that finds another one is outdated
  void promise(int ledger, SagaId saga, long version, Instant at);
}
