package io.countersign.server.transfers;

import io.countersign.model.Money;
import io.countersign.model.id.SagaId;
import io.countersign.model.id.TransactionId;
import org.jspecify.annotations.Nullable;

/// A transfer as the ledger knows it that the money leaves. Nothing of it changes but that it gets
/// its transaction.
///
/// @param requestedBy who asked for it, recorded with every transaction of the transfer
/// @param transaction that took the money; null before
record Departure(
    SagaId saga,
    String account,
    int toLedger,
    String toAccount,
    Money amount,
    String description,
    String requestedBy,
    @Nullable TransactionId transaction) {}
