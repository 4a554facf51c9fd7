package io.countersign.console.adjustments;

import io.countersign.console.client.Workplace;
import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.Days;
import io.countersign.console.ui.Tone;
import io.countersign.console.ui.Words;
import io.countersign.model.CurrencyCode;
import io.countersign.model.Money;
import io.countersign.model.approvals.Adjustment;
import io.countersign.model.journal.Direction;
import io.countersign.model.journal.EntryRequest;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// An adjustment as one line of the list, formatted.
record AdjustmentRow(
    Adjustment adjustment,
    String state,
    Tone tone,
    String description,
    String amount,
    String day,
    String proposedBy,
    String proposedAt) {

  static AdjustmentRow of(Adjustment adjustment, Workplace workplace, Amounts amounts, Days days) {
    String proposer = adjustment.proposedBy();
    return new AdjustmentRow(
        adjustment,
        Words.of(adjustment.state()),
        Tone.of(adjustment.state()),
        adjustment.description(),
        amount(adjustment, amounts),
        days.day(adjustment.effectiveOn()),
        workplace.isMe(proposer) ? proposer + " (you)" : proposer,
        days.instant(adjustment.proposedAt()));
  }

  private static String amount(Adjustment adjustment, Amounts amounts) {
    Map<CurrencyCode, Money> debits = new TreeMap<>();
    for (EntryRequest entry : adjustment.entries()) {
      if (entry.direction() == Direction.DEBIT) {
        debits.merge(entry.amount().currency(), entry.amount(), Money::plus);
      }
    }
    return debits.values().stream().map(amounts::text).collect(Collectors.joining(" + "));
  }
}
