package io.countersign.server.sagas;

import io.countersign.model.id.SagaId;
import java.time.Instant;

/// Promises, within the caller's transaction, that some server will look at a saga.
@FunctionalInterface
interface WakeUps {

  /// @param version the saga's when it was promised; a wake-up that finds another one is outdated
  void promise(int ledger, SagaId saga, long version, Instant at);

  /// Takes back a promise that would find nothing to do, unless somebody is at it already. One that
  /// is kept all the same does no harm.
  default void takeBack(int ledger, SagaId saga, long version) {}
}
