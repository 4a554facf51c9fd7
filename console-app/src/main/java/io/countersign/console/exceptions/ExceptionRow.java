package io.countersign.console.exceptions;

import io.countersign.console.client.Workplace;
import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.Days;
import io.countersign.console.ui.Tone;
import io.countersign.console.ui.Words;
import io.countersign.model.reconciliation.ExceptionCase;

/// An exception as one line of the queue, formatted.
record ExceptionRow(
    ExceptionCase one,
    String category,
    String state,
    Tone tone,
    String amount,
    String difference,
    String age,
    String due,
    String assignee,
    String source) {

  static ExceptionRow of(ExceptionCase one, Workplace workplace, Amounts amounts, Days days) {
    String assignee = one.assignee() == null ? "" : one.assignee();
    return new ExceptionRow(
        one,
        Words.of(one.category()),
        Words.of(one.state()),
        Tone.of(one.state()),
        amounts.text(one.amount()),
        amounts.text(one.difference()),
        days.age(one.openedAt()),
        days.instant(one.dueAt()),
        workplace.isMe(assignee) ? assignee + " (you)" : assignee,
        one.source() == null ? "" : one.source());
  }
}
