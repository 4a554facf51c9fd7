package io.countersign.model.reconciliation;

import java.time.Instant;

/// What somebody said about an exception.
public record Comment(Instant at, String by, String text) {}
