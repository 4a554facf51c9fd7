package io.countersign.console.ui;

import io.countersign.model.Money;
import io.countersign.model.journal.Direction;

/// One debit or credit, wherever it is shown.
///
/// @param note such as "reserved only"; empty for a plain entry
public record EntryLine(String account, Direction direction, Money amount, String note) {}
