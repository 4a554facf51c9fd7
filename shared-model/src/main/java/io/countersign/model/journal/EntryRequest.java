package io.countersign.model.journal;

import io.countersign.model.Money;

/// One row of a transaction to be.
public record EntryRequest(String account, Direction direction, Money amount) {}
