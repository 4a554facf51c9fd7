package io.countersign.server.seals;

import io.countersign.seal.CanonicalForm;
import io.countersign.seal.MerkleTree;
import io.countersign.server.api.SealedRecords;
import io.countersign.server.api.SealedRecords.Sealed;
import java.util.List;
import java.util.UUID;

/// The part of one seal that is not the journal's, computed from what is stored.
final class RecordSpan {

  private static final int PAGE = 500;

  private final MerkleTree records = new MerkleTree();
  private final LeafList leaves = new LeafList();

  private RecordSpan() {}

  /// @param kinds in the order of their numbers
  static RecordSpan walk(List<SealedRecords> kinds, int ledger, long seal) {
    RecordSpan span = new RecordSpan();
    for (SealedRecords kind : kinds) {
      List<Sealed> page;
      int after = 0;
      do {
        page = kind.sealed(ledger, seal, after, PAGE);
        for (Sealed record : page) {
          span.add(kind, record);
          after = record.position();
        }
      } while (page.size() == PAGE);
    }
    return span;
  }

  private void add(SealedRecords kind, Sealed record) {
    UUID id = record.key().id();
    byte[] canonical = record.canonical();
    if (canonical == null) {
      byte[] gone = records.add(CanonicalForm.of("missing").uuid(id).toBytes());
      leaves.add(new LeafList.Leaf(kind.kind(), record.key().number(), null, gone));
    } else {
      byte[] hash = records.add(canonical);
      leaves.add(new LeafList.Leaf(kind.kind(), record.key().number(), id, hash));
    }
  }

  long records() {
    return records.leaves();
  }

  byte[] root() {
    return records.root();
  }

  LeafList leaves() {
    return leaves;
  }
}
