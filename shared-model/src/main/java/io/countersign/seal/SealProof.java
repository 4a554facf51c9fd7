package io.countersign.seal;

import io.countersign.model.Immutable;
import io.countersign.model.seals.Seal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One line of an export's proof: how the rows of the export, and hashes of what is not in it, come
/// to the roots of one seal. Hashes are hexadecimal.
///
/// @param transactions the seal's leaves in their order
/// @param totals null when the export has the whole of the seal
public record SealProof(Seal seal, List<Leaf> transactions, @Nullable Totals totals) {

  public SealProof {
    transactions = Immutable.list(transactions);
  }

  /// One transaction of the export, or a subtree of transactions that are not in it.
  ///
  /// @param hash of the leaf or of the subtree
  /// @param omittedLevel the subtree has 2^level leaves; null for a transaction of the export
  /// @param entries null when the export has all entries of the transaction
  public record Leaf(
      String hash, @Nullable Integer omittedLevel, @Nullable List<EntryLeaf> entries) {

    public static Leaf taken(byte[] hash, @Nullable List<EntryLeaf> entries) {
      return new Leaf(hex(hash), null, entries);
    }

    public static Leaf omitted(OmittedLeaves.Subtree subtree) {
      return new Leaf(hex(subtree.hash()), subtree.level(), null);
    }
  }

  /// One entry of the export, or a subtree of entries that are not in it.
  ///
  /// @param hash null for an entry of the export
  public record EntryLeaf(@Nullable String hash, @Nullable Integer omittedLevel) {

    public static final EntryLeaf TAKEN = new EntryLeaf(null, null);

    public static EntryLeaf omitted(OmittedLeaves.Subtree subtree) {
      return new EntryLeaf(hex(subtree.hash()), subtree.level());
    }
  }

  /// A stretch of the seal's totals, which are sorted: all of the account in question, and its
  /// neighbours, which show that there are no more of it.
  public record Totals(List<EntryLeaf> before, List<AccountTotal> rows, List<EntryLeaf> after) {

    public Totals {
      before = Immutable.list(before);
      rows = Immutable.list(rows);
      after = Immutable.list(after);
    }
  }

  private static String hex(byte[] hash) {
    return java.util.HexFormat.of().formatHex(hash);
  }
}
