package io.countersign.model.transfers;

/// An account and the ledger it is in, both by code.
public record LedgerAccount(String ledger, String account) {}
