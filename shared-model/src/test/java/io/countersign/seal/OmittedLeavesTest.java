package io.countersign.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.seal.SealProof.Totals;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OmittedLeavesTest {

  private static final LocalDate DAY = LocalDate.of(2026, 11, 2);

  @Test
  void shown_leaves_and_the_hashes_of_the_others_come_to_the_root_whatever_is_shown() {
    Random random = new Random(11);
    for (int round = 0; round < 2_000; round++) {
      int size = 1 + random.nextInt(70);
      MerkleTree whole = new MerkleTree();
      MerkleTree rebuilt = new MerkleTree();
      OmittedLeaves run = null;
      int subtrees = 0;
      for (int i = 0; i < size; i++) {
        byte[] leaf = {(byte) i, (byte) round};
        whole.add(leaf);
        if (random.nextInt(6) == 0) {
          subtrees += flush(run, rebuilt);
          run = null;
          rebuilt.add(leaf);
        } else {
          run = run == null ? new OmittedLeaves(i) : run;
          run.add(MerkleTree.leafHash(leaf));
        }
      }
      subtrees += flush(run, rebuilt);
      assertThat(rebuilt.root()).isEqualTo(whole.root());
      assertThat(subtrees).isLessThanOrEqualTo(size);
    }
  }

  private static int flush(@org.jspecify.annotations.Nullable OmittedLeaves run, MerkleTree into) {
    if (run == null) {
      return 0;
    }
    run.subtrees().forEach(it -> into.addSubtree(it.level(), it.hash()));
    return run.subtrees().size();
  }

  @Test
  void a_long_run_takes_few_hashes() {
    OmittedLeaves run = new OmittedLeaves(3);
    for (int i = 0; i < 100_000; i++) {
      run.add(MerkleTree.leafHash(new byte[] {(byte) i}));
    }
    assertThat(run.subtrees()).hasSizeLessThan(40);
  }

  @Test
  void all_totals_of_an_account_are_shown_or_the_proof_fails() {
    List<AccountTotal> all = new ArrayList<>();
    MerkleTree tree = new MerkleTree();
    for (String account : List.of("", "a", "b", "b:x", "d")) {
      for (int i = 0; i < 3; i++) {
        all.add(total(account, i));
      }
    }
    all.forEach(total -> tree.add(total.canonical()));
    for (String account : List.of("", "a", "b", "b:x", "c", "d", "z")) {
      Totals proof = TotalsProof.of(all, account);
      assertThat(TotalsProof.proven(proof, account, tree.root()))
          .isEqualTo(all.stream().filter(it -> it.account().equals(account)).toList());
    }
    // One total of b moves out of sight.
    Totals honest = TotalsProof.of(all, "b");
    List<SealProof.EntryLeaf> more = new ArrayList<>(honest.before());
    more.add(new SealProof.EntryLeaf(hex(honest.rows().get(0)), 0));
    more.add(new SealProof.EntryLeaf(hex(honest.rows().get(1)), 0));
    Totals hiding =
        new Totals(more, honest.rows().subList(2, honest.rows().size()), honest.after());
    assertThatThrownBy(() -> TotalsProof.proven(hiding, "b", tree.root()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("could leave out");
    assertThatThrownBy(() -> TotalsProof.proven(honest, "b", new byte[32]))
        .hasMessageContaining("not those that were sealed");
  }

  private static String hex(AccountTotal total) {
    return java.util.HexFormat.of().formatHex(MerkleTree.leafHash(total.canonical()));
  }

  private static AccountTotal total(String account, int day) {
    return new AccountTotal(
        account, DAY.plusDays(day), "EUR", 0, 1 + day, BigInteger.TEN, BigInteger.ONE);
  }
}
