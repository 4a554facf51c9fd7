package io.countersign.model.overview;

import java.time.Instant;

/// The newest seal of the books.
public record LastSeal(long number, long throughSequence, Instant sealedAt) {}
