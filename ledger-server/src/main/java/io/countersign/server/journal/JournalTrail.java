package io.countersign.server.journal;

import io.countersign.seal.SealedEntry;
import io.countersign.seal.SealedTransaction;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/// The books from their first transaction on, exactly as they are stored: for sealing, verifying
/// and exporting. What should not be there is told as well, such as entries without a transaction.
@Component
public class JournalTrail {

  /// Before every sequence that a row can have.
  public static final long BEFORE_ALL = Long.MIN_VALUE;

  // A transaction has 1,000 entries at most, so this also bounds the memory that a page takes.
  private static final int PAGE = 500;

  /// A transaction and all entries of its sequence, by line.
  public record Step(SealedTransaction transaction, List<SealedEntry> entries) {

    public Step {
      entries = List.copyOf(entries);
    }
  }

  private final TrailStore store;

  JournalTrail(TrailStore store) {
    this.store = store;
  }

  /// The next transactions after a sequence, at most 500, in order; empty when there are none up to
  /// `through`. Sees all of the past only up to a watermark.
  public List<Step> after(int ledger, long after, long through) {
    if (after >= through) {
      return List.of();
    }
    List<SealedTransaction> heads = store.heads(ledger, after, through, PAGE);
    long last = heads.size() < PAGE ? through : heads.getLast().sequence();
    return joined(heads, store.entries(ledger, after, last));
  }

  private static List<Step> joined(
      List<SealedTransaction> heads, List<TrailStore.EntryRow> entries) {
    List<Step> steps = new ArrayList<>(heads.size());
    int head = 0;
    int entry = 0;
    while (head < heads.size() || entry < entries.size()) {
      long sequence = lower(heads, head, entries, entry);
      SealedTransaction transaction =
          head < heads.size() && heads.get(head).sequence() == sequence
              ? heads.get(head++)
              : new SealedTransaction(sequence, null);
      List<SealedEntry> lines = new ArrayList<>(2);
      while (entry < entries.size() && entries.get(entry).sequence() == sequence) {
        lines.add(entries.get(entry++).entry());
      }
      steps.add(new Step(transaction, lines));
    }
    return steps;
  }

  private static long lower(
      List<SealedTransaction> heads, int head, List<TrailStore.EntryRow> entries, int entry) {
    if (head == heads.size()) {
      return entries.get(entry).sequence();
    }
    long sequence = heads.get(head).sequence();
    return entry == entries.size() ? sequence : Math.min(sequence, entries.get(entry).sequence());
  }
}
