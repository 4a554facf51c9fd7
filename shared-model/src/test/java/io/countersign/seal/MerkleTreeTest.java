package io.countersign.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MerkleTreeTest {

  /// The leaves of the test vectors that the reference implementation of Certificate Transparency
  /// (RFC 6962) is tested with.
  private static final List<String> LEAVES =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");

  @ParameterizedTest
  @CsvSource({
    "0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "4, d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "5, 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "6, 76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
  })
  void the_roots_are_those_of_the_published_vectors(int leaves, String root) {
    MerkleTree tree = new MerkleTree();
    LEAVES.stream().limit(leaves).forEach(leaf -> tree.add(HexFormat.of().parseHex(leaf)));
    assertThat(HexFormat.of().formatHex(tree.root())).isEqualTo(root);
    assertThat(tree.leaves()).isEqualTo(leaves);
  }

  @Test
  void the_streamed_root_is_that_of_the_recursive_definition_at_every_size() {
    Random random = new Random(20261124);
    List<byte[]> leaves = new ArrayList<>();
    MerkleTree tree = new MerkleTree();
    for (int size = 1; size <= 300; size++) {
      byte[] leaf = new byte[random.nextInt(80)];
      random.nextBytes(leaf);
      leaves.add(leaf);
      tree.add(leaf);
      assertThat(tree.root()).isEqualTo(defined(leaves));
    }
  }

  @Test
  void known_subtrees_stand_for_their_leaves() {
    List<byte[]> leaves = new ArrayList<>();
    for (int i = 0; i < 13; i++) {
      leaves.add(new byte[] {(byte) i});
    }
    MerkleTree tree = new MerkleTree();
    tree.addSubtree(3, defined(leaves.subList(0, 8)));
    tree.addSubtree(2, defined(leaves.subList(8, 12)));
    tree.add(leaves.get(12));
    assertThat(tree.root()).isEqualTo(defined(leaves));
    assertThatThrownBy(() -> tree.addSubtree(1, new byte[32]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // RFC 6962, section 2.1, word for word.
  private static byte[] defined(List<byte[]> leaves) {
    if (leaves.size() == 1) {
      return MerkleTree.leafHash(leaves.getFirst());
    }
    int split = Integer.highestOneBit(leaves.size() - 1);
    return MerkleTree.nodeHash(
        defined(leaves.subList(0, split)), defined(leaves.subList(split, leaves.size())));
  }

  @Test
  void a_leaf_is_never_taken_for_a_node() {
    byte[] left = MerkleTree.leafHash(new byte[] {1});
    byte[] right = MerkleTree.leafHash(new byte[] {2});
    byte[] joined = Arrays.copyOf(left, 64);
    System.arraycopy(right, 0, joined, 32, 32);
    MerkleTree two = new MerkleTree();
    two.add(new byte[] {1});
    two.add(new byte[] {2});
    MerkleTree one = new MerkleTree();
    one.add(joined);
    assertThat(one.root()).isNotEqualTo(two.root());
  }
}
