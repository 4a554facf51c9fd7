package io.countersign.model.overview;

import io.countersign.model.Money;

/// By how much a source's account differs from the books, as far as both are known: what the
/// unmatched lines moved less what the unmatched transactions moved.
public record Drift(String source, String account, Money amount) {}
