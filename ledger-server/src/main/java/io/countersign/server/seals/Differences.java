package io.countersign.server.seals;

import io.countersign.model.id.TransactionId;
import io.countersign.model.seals.Broken;
import io.countersign.seal.LeafKind;
import io.countersign.server.api.SealedRecords;
import io.countersign.server.seals.LeafList.Leaf;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Finds which record differs, once a seal no longer fits what is stored.
final class Differences {

  private static final UUID NO_ID = new UUID(0, 0);

  private final List<SealedRecords> kinds;
  private final long seal;

  Differences(List<SealedRecords> kinds, long seal) {
    this.kinds = kinds;
    this.seal = seal;
  }

  /// @param sealed the leaves as they were sealed
  /// @param stored the leaves that what is stored now would have
  Optional<Broken> first(LeafList sealed, LeafList stored) {
    return firstTransaction(transactions(sealed), transactions(stored))
        .or(() -> firstRecord(records(sealed), records(stored)));
  }

  /// Words for a seal that broke without telling where.
  Broken unknownPlace(String detail) {
    return new Broken("seal", Long.toString(seal), null, seal, "changed", detail);
  }

  // Both are in the order of their sequences.
  private Optional<Broken> firstTransaction(List<Leaf> sealed, List<Leaf> stored) {
    int i = 0;
    int j = 0;
    while (i < sealed.size() || j < stored.size()) {
      Leaf was = i < sealed.size() ? sealed.get(i) : null;
      Leaf is = j < stored.size() ? stored.get(j) : null;
      if (is == null || (was != null && was.number() < is.number())) {
        return Optional.of(missing(Objects.requireNonNull(was)));
      }
      if (was == null || is.number() < was.number()) {
        return Optional.of(added(is));
      }
      if (!Arrays.equals(was.hash(), is.hash())) {
        return Optional.of(is.id() == null && was.id() != null ? missing(was) : changed(was));
      }
      i++;
      j++;
    }
    return Optional.empty();
  }

  private Optional<Broken> firstRecord(List<Leaf> sealed, List<Leaf> stored) {
    for (int i = 0; i < Math.max(sealed.size(), stored.size()); i++) {
      Leaf was = i < sealed.size() ? sealed.get(i) : null;
      Leaf is = i < stored.size() ? stored.get(i) : null;
      if (was == null) {
        return Optional.of(added(Objects.requireNonNull(is)));
      }
      if (is == null || !same(was, is)) {
        return Optional.of(missing(was));
      }
      if (!Arrays.equals(was.hash(), is.hash())) {
        return Optional.of(changed(was));
      }
    }
    return Optional.empty();
  }

  private static boolean same(Leaf was, Leaf is) {
    return was.kind() == is.kind()
        && was.number() == is.number()
        && Objects.equals(was.id(), is.id());
  }

  private Broken missing(Leaf leaf) {
    return of(leaf, "missing", name(leaf) + " was sealed and is gone, or only a part is left.");
  }

  private Broken added(Leaf leaf) {
    return of(leaf, "added", name(leaf) + " was put in after the seal over its place was made.");
  }

  private Broken changed(Leaf leaf) {
    return of(leaf, "changed", name(leaf) + " is not as it was when it was sealed.");
  }

  private Broken of(Leaf leaf, String difference, String detail) {
    boolean numbered = leaf.kind() == LeafKind.TRANSACTION || leaf.kind() == LeafKind.PAYMENT_EVENT;
    return new Broken(
        leaf.kind().wire(), id(leaf), numbered ? leaf.number() : null, seal, difference, detail);
  }

  private String name(Leaf leaf) {
    String id = id(leaf);
    String what =
        switch (leaf.kind()) {
          case TRANSACTION -> "Transaction";
          case PAYMENT_EVENT -> "An event of payment";
          case APPROVAL_DECISION -> "The decision of approval";
          case AUDIT_RECORD -> "Audit record";
        };
    return id == null ? what + " " + leaf.number() : what + " " + id;
  }

  private @Nullable String id(Leaf leaf) {
    UUID id = leaf.id();
    if (leaf.kind() == LeafKind.TRANSACTION) {
      return id == null ? null : new TransactionId(id).toString();
    }
    SealedRecords.Key key = new SealedRecords.Key(id == null ? NO_ID : id, leaf.number());
    return kinds.stream()
        .filter(kind -> kind.kind() == leaf.kind())
        .map(kind -> kind.name(key))
        .findFirst()
        .orElseGet(() -> key.id().toString());
  }

  private static List<Leaf> transactions(LeafList list) {
    return list.leaves().stream().filter(it -> it.kind() == LeafKind.TRANSACTION).toList();
  }

  private static List<Leaf> records(LeafList list) {
    return list.leaves().stream().filter(it -> it.kind() != LeafKind.TRANSACTION).toList();
  }
}
