package io.countersign.server.seals;

import io.countersign.seal.AccountTotals;
import io.countersign.seal.LeafKind;
import io.countersign.seal.MerkleTree;
import io.countersign.seal.SealedEntry;
import io.countersign.server.journal.JournalTrail;
import io.countersign.server.journal.JournalTrail.Step;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/// What the journal's part of one seal comes to, computed from what is stored. Holds a hash for
/// each transaction and a sum for each account and day, and no more.
final class JournalSpan {

  private final MerkleTree transactions = new MerkleTree();
  private final AccountTotals totals = new AccountTotals();
  private final LeafList leaves = new LeafList();
  private long through;
  private long entries;

  private JournalSpan() {}

  /// Walks from after `after` through `through`, or until a page brings the entries to
  /// `entriesMax`.
  ///
  /// @param onPage told after each page, and may throw to stop
  static JournalSpan walk(
      JournalTrail trail,
      int ledger,
      long after,
      long through,
      long entriesMax,
      Consumer<JournalSpan> onPage) {
    JournalSpan span = new JournalSpan();
    span.through = after;
    List<Step> page = trail.after(ledger, after, through);
    while (!page.isEmpty()) {
      page.forEach(span::add);
      span.through = page.getLast().transaction().sequence();
      onPage.accept(span);
      if (span.entries >= entriesMax) {
        return span;
      }
      page = trail.after(ledger, span.through, through);
    }
    span.through = through;
    return span;
  }

  private void add(Step step) {
    MerkleTree lines = new MerkleTree();
    for (SealedEntry entry : step.entries()) {
      lines.add(entry.canonical());
      totals.add(entry);
    }
    entries += step.entries().size();
    byte[] hash = transactions.add(step.transaction().canonical(lines.root()));
    var head = step.transaction().head();
    UUID id = head == null ? null : head.id();
    leaves.add(new LeafList.Leaf(LeafKind.TRANSACTION, step.transaction().sequence(), id, hash));
  }

  /// Everything up to here is in it.
  long through() {
    return through;
  }

  long transactions() {
    return transactions.leaves();
  }

  long entries() {
    return entries;
  }

  byte[] transactionsRoot() {
    return transactions.root();
  }

  byte[] totalsRoot() {
    return totals.root();
  }

  LeafList leaves() {
    return leaves;
  }
}
