package io.countersign.seal;

import io.countersign.seal.SealProof.EntryLeaf;
import io.countersign.seal.SealProof.Totals;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Shows all totals of one account in a seal without showing the others'.
public final class TotalsProof {

  private TotalsProof() {}

  /// @param all the seal's totals in their order
  /// @param account a code, or [AccountTotals#ALL_ACCOUNTS]
  public static Totals of(List<AccountTotal> all, String account) {
    int first = 0;
    while (first < all.size() && all.get(first).account().compareTo(account) < 0) {
      first++;
    }
    int end = first;
    while (end < all.size() && all.get(end).account().equals(account)) {
      end++;
    }
    int from = Math.max(0, first - 1);
    int to = Math.min(all.size(), end + 1);
    return new Totals(omitted(all, 0, from), all.subList(from, to), omitted(all, to, all.size()));
  }

  private static List<EntryLeaf> omitted(List<AccountTotal> all, int from, int to) {
    OmittedLeaves run = new OmittedLeaves(from);
    for (int i = from; i < to; i++) {
      run.add(MerkleTree.leafHash(all.get(i).canonical()));
    }
    return run.subtrees().stream().map(EntryLeaf::omitted).toList();
  }

  /// The totals of the account, if the proof holds.
  ///
  /// @throws IllegalArgumentException when it does not come to the root, or could hide some
  public static List<AccountTotal> proven(Totals totals, String account, byte[] root) {
    MerkleTree tree = new MerkleTree();
    add(tree, totals.before());
    totals.rows().forEach(row -> tree.add(row.canonical()));
    add(tree, totals.after());
    if (!java.util.Arrays.equals(tree.root(), root)) {
      throw new IllegalArgumentException("the totals are not those that were sealed");
    }
    List<AccountTotal> rows = totals.rows();
    boolean sorted = true;
    for (int i = 1; i < rows.size(); i++) {
      sorted &= AccountTotal.ORDER.compare(rows.get(i - 1), rows.get(i)) < 0;
    }
    if (rows.isEmpty() && !(totals.before().isEmpty() && totals.after().isEmpty())) {
      throw new IllegalArgumentException("the totals shown could leave out some of the account");
    }
    boolean leftEnd = totals.before().isEmpty() || rows.getFirst().account().compareTo(account) < 0;
    boolean rightEnd = totals.after().isEmpty() || rows.getLast().account().compareTo(account) > 0;
    if (!sorted || !leftEnd || !rightEnd) {
      throw new IllegalArgumentException("the totals shown could leave out some of the account");
    }
    List<AccountTotal> own = new ArrayList<>(rows);
    own.removeIf(row -> !row.account().equals(account));
    return own;
  }

  private static void add(MerkleTree tree, List<EntryLeaf> omitted) {
    for (EntryLeaf leaf : omitted) {
      if (leaf.hash() == null || leaf.omittedLevel() == null) {
        throw new IllegalArgumentException("a subtree of totals without its hash");
      }
      tree.addSubtree(leaf.omittedLevel(), HexFormat.of().parseHex(leaf.hash()));
    }
  }
}
