package io.countersign.model.transfers;

import io.countersign.model.Money;

/// `POST /v1/transfers`: `from` is debited in its ledger, `to` credited in its own.
public record LedgerTransferRequest(
    LedgerAccount from, LedgerAccount to, Money amount, String description) {}
