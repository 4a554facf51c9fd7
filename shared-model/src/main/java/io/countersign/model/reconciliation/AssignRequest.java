package io.countersign.model.reconciliation;

/// `POST L/exceptions/{id}/assign`.
public record AssignRequest(String assignee) {}
