package io.countersign.console.journal;

import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.Days;
import io.countersign.console.ui.Tone;
import io.countersign.console.ui.Words;
import io.countersign.model.CurrencyCode;
import io.countersign.model.Money;
import io.countersign.model.journal.Direction;
import io.countersign.model.journal.Entry;
import io.countersign.model.journal.Layer;
import io.countersign.model.journal.Transaction;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A transaction as one line of the list, formatted.
record TransactionRow(
    Transaction transaction,
    String sequence,
    String day,
    String kind,
    String description,
    String debit,
    String credit,
    String amount,
    String reference,
    String recordedAt) {

  static TransactionRow of(Transaction transaction, Amounts amounts, Days days) {
    return new TransactionRow(
        transaction,
        String.valueOf(transaction.sequence()),
        days.day(transaction.effectiveOn()),
        Words.of(transaction.kind()),
        transaction.description(),
        accounts(transaction, Direction.DEBIT),
        accounts(transaction, Direction.CREDIT),
        amount(transaction, amounts),
        transaction.reference() == null ? "" : transaction.reference(),
        days.instant(transaction.recordedAt()));
  }

  private static String accounts(Transaction transaction, Direction side) {
    Layer layer = told(transaction);
    List<String> accounts =
        transaction.entries().stream()
            .filter(entry -> entry.direction() == side && entry.layer() == layer)
            .map(Entry::account)
            .distinct()
            .toList();
    return accounts.size() == 1 ? accounts.getFirst() : accounts.size() + " accounts";
  }

  /// What was debited, per currency: as much as was credited. Of a transaction that posts nothing,
  /// what it holds or lets go.
  static String amount(Transaction transaction, Amounts amounts) {
    Layer layer = told(transaction);
    Map<CurrencyCode, Money> sums = new TreeMap<>();
    for (Entry entry : transaction.entries()) {
      if (entry.direction() == Direction.DEBIT && entry.layer() == layer) {
        sums.merge(entry.amount().currency(), entry.amount(), Money::plus);
      }
    }
    return sums.values().stream().map(amounts::text).collect(Collectors.joining(" + "));
  }

  /// Whether nothing is posted by it.
  boolean isHeld() {
    return isHeld(transaction);
  }

  Tone tone() {
    return Tone.of(transaction.kind());
  }

  private static Layer told(Transaction transaction) {
    return isHeld(transaction) ? Layer.PENDING : Layer.POSTED;
  }

  private static boolean isHeld(Transaction transaction) {
    return transaction.entries().stream().allMatch(entry -> entry.layer() == Layer.PENDING);
  }
}
