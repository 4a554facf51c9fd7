package io.countersign.seal;

import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Objects;

/// A Merkle tree hash as RFC 6962, section 2.1, defines it (SHA-256; leaves are hashed behind the
/// byte 0, inner nodes behind the byte 1), computed leaf by leaf in memory that grows with the
/// logarithm of the leaves' number. Not for several threads at once.
public final class MerkleTree {

  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  /// A complete subtree.
  @SuppressWarnings("ArrayRecordComponent") // Hashed on, never compared.
  private record Subtree(int level, byte[] hash) {}

  // From the largest, on the left, to the smallest: the binary digits of the number of leaves.
  private final Deque<Subtree> complete = new ArrayDeque<>();
  private final MessageDigest digest = Sha256.digest();
  private long leaves;

  public static byte[] leafHash(byte[] data) {
    MessageDigest digest = Sha256.digest();
    digest.update(LEAF);
    return digest.digest(data);
  }

  static byte[] nodeHash(byte[] left, byte[] right) {
    return nodeHash(Sha256.digest(), left, right);
  }

  /// Adds a leaf.
  ///
  /// @return its hash
  public byte[] add(byte[] data) {
    digest.update(LEAF);
    byte[] hash = digest.digest(data);
    addHash(hash);
    return hash;
  }

  /// Adds a leaf of which only the hash is known.
  public void addHash(byte[] leafHash) {
    addSubtree(0, leafHash);
  }

  /// Adds 2^level leaves of which only the hash of their subtree is known.
  ///
  /// @throws IllegalArgumentException when a subtree of this size cannot begin here
  public void addSubtree(int level, byte[] hash) {
    long size = 1L << level;
    if (level < 0 || level > 40 || leaves % size != 0 || hash.length != Sha256.BYTES) {
      throw new IllegalArgumentException(
          "no subtree of level " + level + " begins at leaf " + leaves);
    }
    Subtree added = new Subtree(level, hash.clone());
    while (!complete.isEmpty() && complete.getLast().level() == added.level()) {
      Subtree left = complete.removeLast();
      added = new Subtree(left.level() + 1, nodeHash(digest, left.hash(), added.hash()));
    }
    complete.addLast(added);
    leaves += size;
  }

  public long leaves() {
    return leaves;
  }

  /// The hash of the whole tree as it is now; more leaves may follow.
  public byte[] root() {
    if (complete.isEmpty()) {
      return digest.digest();
    }
    Iterator<Subtree> fromTheRight = complete.descendingIterator();
    byte[] root = fromTheRight.next().hash();
    while (fromTheRight.hasNext()) {
      root = nodeHash(digest, fromTheRight.next().hash(), root);
    }
    return Objects.requireNonNull(root).clone();
  }

  private static byte[] nodeHash(MessageDigest digest, byte[] left, byte[] right) {
    digest.update(NODE);
    digest.update(left);
    return digest.digest(right);
  }
}
