package io.countersign.model;

/// The body `{}` of an action that needs no words.
public record EmptyRequest() {}
