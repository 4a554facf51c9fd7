package io.countersign.model.transfers;

import io.countersign.model.id.SagaId;

/// The money has left the first ledger and is on its way.
///
/// @param sagaId of the saga that carries it, in the ledger that the money leaves
public record LedgerTransferStarted(SagaId sagaId) {}
