package io.countersign.model.payments;

/// `POST L/payments/{id}/notes`.
public record NoteRequest(String text) {}
