package io.countersign.model.journal;

import io.countersign.model.Money;

/// One debit or credit row.
///
/// @param line from 1, in the order given
public record Entry(int line, String account, Direction direction, Money amount, Layer layer) {}
