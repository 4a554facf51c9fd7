package io.countersign.console.reconciliation;

import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.Days;
import io.countersign.console.ui.Tone;
import io.countersign.console.ui.Words;
import io.countersign.model.Money;
import io.countersign.model.reconciliation.StatementLine;

/// A line of a statement, formatted.
record LineRow(
    StatementLine line,
    String day,
    String amount,
    String state,
    Tone tone,
    String text,
    String references) {

  static LineRow of(StatementLine line, Amounts amounts, Days days) {
    String text = line.valueDateText();
    return new LineRow(
        line,
        line.valueDate() != null ? days.day(line.valueDate()) : (text == null ? "" : text),
        amounts.change(new Money(line.amount(), line.currency())),
        Words.of(line.state()),
        Tone.of(line.state()),
        line.text(),
        String.join(", ", line.references()));
  }
}
