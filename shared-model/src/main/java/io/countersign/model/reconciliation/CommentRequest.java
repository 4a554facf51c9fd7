package io.countersign.model.reconciliation;

/// `POST L/exceptions/{id}/comments`.
public record CommentRequest(String text) {}
