package io.countersign.console.reconciliation;

import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.Tone;
import io.countersign.console.ui.Words;
import io.countersign.model.reconciliation.Statement;

/// A statement as one line of the list, formatted.
record StatementRow(
    Statement statement,
    String state,
    Tone tone,
    String source,
    String account,
    String lines,
    String opening,
    String closing,
    String format) {

  static StatementRow of(Statement one, Amounts amounts) {
    return new StatementRow(
        one,
        Words.of(one.state()),
        Tone.of(one.state()),
        one.source(),
        one.accountId() == null ? "" : one.accountId(),
        amounts.count(one.lineCount()),
        amounts.text(one.openingBalance()),
        amounts.text(one.closingBalance()),
        one.format());
  }
}
