package io.countersign.server.seals;

import io.countersign.seal.LeafKind;
import io.countersign.seal.MerkleTree;
import io.countersign.seal.Sha256;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The leaves of one seal, in their order: what they are, and their hashes.
final class LeafList {

  private static final UUID NO_ID = new UUID(0, 0);
  private static final int LEAF_BYTES = 1 + 3 * Long.BYTES + Sha256.BYTES;

  /// @param number a transaction's sequence, or the number of an event
  /// @param id null when the record itself is gone, such as of entries without their transaction
  @SuppressWarnings("ArrayRecordComponent") // Compared with Arrays.equals.
  record Leaf(LeafKind kind, long number, @Nullable UUID id, byte[] hash) {}

  private final List<Leaf> leaves = new ArrayList<>();

  void add(Leaf leaf) {
    leaves.add(leaf);
  }

  void addAll(LeafList more) {
    leaves.addAll(more.leaves);
  }

  List<Leaf> leaves() {
    return List.copyOf(leaves);
  }

  /// Of the transactions, or of all other records.
  byte[] root(boolean ofTransactions) {
    MerkleTree tree = new MerkleTree();
    for (Leaf leaf : leaves) {
      if ((leaf.kind() == LeafKind.TRANSACTION) == ofTransactions) {
        tree.addHash(leaf.hash());
      }
    }
    return tree.root();
  }

  byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(leaves.size() * LEAF_BYTES);
    for (Leaf leaf : leaves) {
      UUID id = leaf.id() == null ? NO_ID : leaf.id();
      bytes
          .put((byte) leaf.kind().number())
          .putLong(leaf.number())
          .putLong(id.getMostSignificantBits())
          .putLong(id.getLeastSignificantBits())
          .put(leaf.hash());
    }
    return bytes.array();
  }

  /// @throws IllegalArgumentException when these are not whole leaves
  static LeafList of(byte[] stored) {
    if (stored.length % LEAF_BYTES != 0) {
      throw new IllegalArgumentException("a list of leaves of " + stored.length + " bytes");
    }
    LeafList list = new LeafList();
    ByteBuffer bytes = ByteBuffer.wrap(stored);
    while (bytes.hasRemaining()) {
      LeafKind kind = LeafKind.of(bytes.get());
      long number = bytes.getLong();
      UUID id = new UUID(bytes.getLong(), bytes.getLong());
      byte[] hash = new byte[Sha256.BYTES];
      bytes.get(hash);
      list.add(new Leaf(kind, number, NO_ID.equals(id) ? null : id, hash));
    }
    return list;
  }
}
