package io.countersign.model;

/// The body of every action that asks for nothing but a reason.
public record ReasonRequest(String reason) {}
