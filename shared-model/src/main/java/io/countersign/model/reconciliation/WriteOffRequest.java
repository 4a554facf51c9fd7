package io.countersign.model.reconciliation;

/// `POST L/exceptions/{id}/write-off`.
///
/// @param account code of the account that bears what statement and books differ by
public record WriteOffRequest(String account, String reason) {}
