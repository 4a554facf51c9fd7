package io.countersign.server.export;

import io.countersign.model.exports.ExportFilter;
import io.countersign.model.seals.Seal;
import io.countersign.seal.AccountTotals;
import io.countersign.seal.JournalLine;
import io.countersign.seal.MerkleTree;
import io.countersign.seal.OmittedLeaves;
import io.countersign.seal.SealProof;
import io.countersign.seal.SealProof.EntryLeaf;
import io.countersign.seal.SealProof.Leaf;
import io.countersign.seal.SealedEntry;
import io.countersign.seal.TotalsProof;
import io.countersign.server.journal.JournalTrail.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The part of an export that one seal covers: its rows, and the proof that they are what was
/// sealed and that none is missing.
final class SealSection {

  private final ExportFilter filter;
  private final long through;
  private final Consumer<JournalLine> rows;
  private final List<Leaf> leaves = new ArrayList<>();
  private final AccountTotals totals = new AccountTotals();
  private @Nullable OmittedLeaves omitted;
  private boolean whole = true;
  private long place;

  SealSection(ExportFilter filter, long through, Consumer<JournalLine> rows) {
    this.filter = filter;
    this.through = through;
    this.rows = rows;
  }

  /// The next transaction of the seal.
  void add(Step step) {
    MerkleTree lines = new MerkleTree();
    OmittedLeaves left = null;
    List<EntryLeaf> shown = new ArrayList<>();
    int taken = 0;
    for (SealedEntry entry : step.entries()) {
      totals.add(entry);
      byte[] hash = lines.add(entry.canonical());
      if (step.transaction().sequence() <= through && asked(entry)) {
        left = flush(left, shown);
        shown.add(EntryLeaf.TAKEN);
        taken++;
        rows.accept(new JournalLine(step.transaction(), entry));
      } else {
        left = left == null ? new OmittedLeaves(lines.leaves() - 1) : left;
        left.add(hash);
      }
    }
    flush(left, shown);
    byte[] hash = MerkleTree.leafHash(step.transaction().canonical(lines.root()));
    boolean all = taken == step.entries().size();
    whole &= all && taken > 0;
    if (taken == 0) {
      omit(hash);
    } else {
      endRun();
      leaves.add(Leaf.taken(hash, all ? null : shown));
    }
    place++;
  }

  SealProof proof(Seal seal) {
    endRun();
    String account = Objects.requireNonNullElse(filter.account(), AccountTotals.ALL_ACCOUNTS);
    return new SealProof(seal, leaves, whole ? null : TotalsProof.of(totals.rows(), account));
  }

  private boolean asked(SealedEntry entry) {
    return !entry.effectiveOn().isBefore(filter.from())
        && !entry.effectiveOn().isAfter(filter.to())
        && (filter.account() == null || filter.account().equals(entry.account()));
  }

  private void omit(byte[] hash) {
    if (omitted == null) {
      omitted = new OmittedLeaves(place);
    }
    omitted.add(hash);
  }

  private void endRun() {
    if (omitted != null) {
      omitted.subtrees().forEach(subtree -> leaves.add(Leaf.omitted(subtree)));
      omitted = null;
    }
  }

  private static @Nullable OmittedLeaves flush(@Nullable OmittedLeaves run, List<EntryLeaf> shown) {
    if (run != null) {
      run.subtrees().forEach(subtree -> shown.add(EntryLeaf.omitted(subtree)));
    }
    return null;
  }
}
