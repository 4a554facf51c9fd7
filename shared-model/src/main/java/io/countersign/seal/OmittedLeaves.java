package io.countersign.seal;

import java.util.ArrayList;
import java.util.List;

/// A run of leaves that somebody is not shown, as the hashes of the largest whole subtrees they
/// fill: with these, and the leaves that are shown, the root can still be computed. Grows with the
/// logarithm of the run.
public final class OmittedLeaves {

  /// @param level of 2^level leaves
  @SuppressWarnings("ArrayRecordComponent") // Hashed on, never compared.
  public record Subtree(int level, byte[] hash) {}

  private record Placed(long start, Subtree subtree) {}

  private final List<Placed> run = new ArrayList<>();
  private long next;

  /// @param start the place of the first leaf in its tree, from 0
  public OmittedLeaves(long start) {
    this.next = start;
  }

  public void add(byte[] leafHash) {
    Placed added = new Placed(next++, new Subtree(0, leafHash));
    while (!run.isEmpty() && fillsWith(run.getLast(), added)) {
      Placed left = run.removeLast();
      added =
          new Placed(
              left.start(),
              new Subtree(
                  left.subtree().level() + 1,
                  MerkleTree.nodeHash(left.subtree().hash(), added.subtree().hash())));
    }
    run.add(added);
  }

  /// In the order of their leaves.
  public List<Subtree> subtrees() {
    return run.stream().map(Placed::subtree).toList();
  }

  // Two neighbours of one size are one subtree only where the left one has an even place.
  private static boolean fillsWith(Placed left, Placed right) {
    int level = left.subtree().level();
    return level == right.subtree().level() && (left.start() >> level) % 2 == 0;
  }
}
