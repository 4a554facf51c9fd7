package io.countersign.server.reconciliation;

import io.countersign.model.Relation;
import io.countersign.server.journal.PostedMovement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A transaction's movement on an account, with everything that the other side may know it by.
record MirroredEntry(PostedMovement movement, List<String> references) {

  MirroredEntry {
    references = List.copyOf(references);
  }

  /// @param providers what providers know payments and refunds by
  static MirroredEntry of(PostedMovement movement, Map<String, List<String>> providers) {
    List<@Nullable String> references = new ArrayList<>();
    references.add(movement.reference());
    references.add(movement.transaction().toString());
    Relation relation = movement.relatesTo();
    if (relation != null) {
      references.add(relation.id());
      references.addAll(providers.getOrDefault(relation.id(), List.of()));
    }
    List<String> known = new ArrayList<>();
    for (String reference : references) {
      if (reference != null && !reference.isBlank() && !known.contains(reference)) {
        known.add(reference);
      }
    }
    return new MirroredEntry(movement, known);
  }
}
