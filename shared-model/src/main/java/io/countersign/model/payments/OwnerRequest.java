package io.countersign.model.payments;

/// `POST L/payments/{id}/assign`.
public record OwnerRequest(String owner) {}
