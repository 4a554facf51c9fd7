package io.countersign.planted.model;

/// Money that is not exact, in a package that is not marked.
public record Price(double amount) {}
