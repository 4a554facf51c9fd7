package io.countersign.seal;

import io.countersign.model.exports.ExportFilter;
import io.countersign.seal.SealProof.EntryLeaf;
import io.countersign.seal.SealProof.Leaf;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Checks the rows of an export that one seal covers against that seal.
final class SectionCheck {

  private final ExportFilter filter;
  private final long through;
  private final AccountTotals shown = new AccountTotals();
  private boolean whole = true;

  SectionCheck(ExportFilter filter, long through) {
    this.filter = filter;
    this.through = through;
  }

  /// Takes the seal's rows from the reader.
  ///
  /// @return what is wrong first; null when nothing is
  @Nullable Verdict check(SealProof proof, RowReader rows) throws IOException {
    MerkleTree tree = new MerkleTree();
    for (Leaf leaf : proof.transactions()) {
      byte[] hash = HexFormat.of().parseHex(leaf.hash());
      if (leaf.omittedLevel() != null) {
        whole = false;
        tree.addSubtree(leaf.omittedLevel(), hash);
        continue;
      }
      RowReader.Group group = rows.group();
      if (group == null) {
        return Verdict.broken(
            rows.lines() + 1,
            "The file ends here, but more of seal " + number(proof) + " follows.");
      }
      Verdict broken = transactionBroken(leaf, hash, group);
      if (broken != null) {
        return broken;
      }
      tree.addHash(hash);
    }
    if (!Arrays.equals(tree.root(), HexFormat.of().parseHex(proof.seal().transactionsRoot()))) {
      return Verdict.broken(
          null, "The proof does not come to the root of seal " + number(proof) + ".");
    }
    return lacking(proof);
  }

  private @Nullable Verdict transactionBroken(Leaf leaf, byte[] hash, RowReader.Group group) {
    MerkleTree entries = new MerkleTree();
    int line = 0;
    List<EntryLeaf> steps =
        leaf.entries() == null
            ? group.lines().stream().map(it -> EntryLeaf.TAKEN).toList()
            : leaf.entries();
    for (EntryLeaf step : steps) {
      if (step.hash() != null) {
        whole = false;
        entries.addSubtree(
            Objects.requireNonNull(step.omittedLevel()), HexFormat.of().parseHex(step.hash()));
      } else if (line < group.lines().size()) {
        JournalLine row = group.lines().get(line);
        if (!asked(row)) {
          return Verdict.broken(group.firstLine() + line, "This line was not asked for.");
        }
        entries.add(row.entry().canonical());
        shown.add(row.entry());
        line++;
      } else {
        return differs(group);
      }
    }
    return line < group.lines().size() ? differs(group) : headBroken(hash, entries.root(), group);
  }

  // Each line tells its transaction anew; the one that was sealed shows which line tells another.
  private static @Nullable Verdict headBroken(
      byte[] hash, byte[] entriesRoot, RowReader.Group group) {
    List<SealedTransaction> told = group.lines().stream().map(JournalLine::transaction).toList();
    for (SealedTransaction transaction : new LinkedHashSet<>(told)) {
      if (Arrays.equals(MerkleTree.leafHash(transaction.canonical(entriesRoot)), hash)) {
        for (int i = 0; i < told.size(); i++) {
          if (!told.get(i).equals(transaction)) {
            return Verdict.broken(
                group.firstLine() + i, "This line tells its transaction as it was not sealed.");
          }
        }
        return null;
      }
    }
    return differs(group);
  }

  private static Verdict differs(RowReader.Group group) {
    long last = group.firstLine() + group.lines().size() - 1;
    return Verdict.broken(
        group.firstLine(),
        "The transaction with sequence %d on the lines %d to %d is not what was sealed in its place."
            .formatted(group.lines().getFirst().transaction().sequence(), group.firstLine(), last));
  }

  // Compares what the seal says the account moved with what the file shows.
  private @Nullable Verdict lacking(SealProof proof) {
    if (proof.totals() == null) {
      return whole
          ? null
          : Verdict.broken(
              null, "The proof does not show that seal " + number(proof) + " is whole.");
    }
    String account = Objects.requireNonNullElse(filter.account(), AccountTotals.ALL_ACCOUNTS);
    List<AccountTotal> sealed =
        TotalsProof.proven(
            proof.totals(), account, HexFormat.of().parseHex(proof.seal().totalsRoot()));
    if (proof.seal().throughSequence() > through) {
      return null;
    }
    List<AccountTotal> asked =
        sealed.stream()
            .filter(it -> !it.day().isBefore(filter.from()) && !it.day().isAfter(filter.to()))
            .toList();
    List<AccountTotal> found =
        shown.rows().stream().filter(it -> it.account().equals(account)).toList();
    return asked.equals(found)
        ? null
        : Verdict.broken(
            null,
            "Rows are missing: seal %d says %s, the file has %s."
                .formatted(proof.seal().number(), asked, found));
  }

  private boolean asked(JournalLine row) {
    return row.transaction().sequence() <= through
        && !row.entry().effectiveOn().isBefore(filter.from())
        && !row.entry().effectiveOn().isAfter(filter.to())
        && (filter.account() == null || filter.account().equals(row.entry().account()));
  }

  private static String number(SealProof proof) {
    return Long.toString(proof.seal().number());
  }
}
