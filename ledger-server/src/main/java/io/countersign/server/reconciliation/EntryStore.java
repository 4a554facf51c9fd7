package io.countersign.server.reconciliation;

import io.countersign.model.Relation;
import io.countersign.server.database.SqlArrays;
import io.countersign.server.journal.PostedMovement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The books' side of a source, copied from the journal.
@Component
class EntryStore {

  private static final String SEPARATOR = "\u001f";
  private static final List<String> KNOWN_BY = List.of("providerReference", "providerKey");

  private static final String INSERT =
      """
      INSERT INTO reconciliation.entry
        (ledger_id, source_account, transaction_id, sequence, amount, currency, reference, refs,
         description, effective_on, recorded_at, reverses, state, dismissed)
      SELECT :ledger, :account, id, sequence, amount, currency, reference,
             string_to_array(refs, chr(31)), description, effective_on, recorded_at, reverses,
             'unmatched', false
      FROM unnest(:ids::uuid[], :sequences::bigint[], :amounts::bigint[], :currencies::text[],
                  :references::text[], :refs::text[], :descriptions::text[], :days::date[],
                  :recordedAt::timestamptz[], :reverses::uuid[])
        AS e (id, sequence, amount, currency, reference, refs, description, effective_on, recorded_at,
              reverses)
      ON CONFLICT (ledger_id, source_account, transaction_id) DO NOTHING
      """;

  private final JdbcClient jdbc;

  EntryStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(int ledger, UUID account, List<PostedMovement> movements) {
    jdbc.sql(INSERT)
        .param("ledger", ledger)
        .param("account", account)
        .param("ids", SqlArrays.texts(movements, it -> it.transaction().uuid()))
        .param("sequences", SqlArrays.texts(movements, PostedMovement::sequence))
        .param("amounts", SqlArrays.texts(movements, it -> it.amount().minorUnits()))
        .param("currencies", SqlArrays.texts(movements, it -> it.amount().currency()))
        .param("references", SqlArrays.texts(movements, PostedMovement::reference))
        .param("refs", SqlArrays.texts(movements, it -> String.join(SEPARATOR, references(it))))
        .param("descriptions", SqlArrays.texts(movements, PostedMovement::description))
        .param("days", SqlArrays.texts(movements, PostedMovement::effectiveOn))
        .param("recordedAt", SqlArrays.texts(movements, PostedMovement::recordedAt))
        .param(
            "reverses",
            SqlArrays.texts(
                movements,
                it -> {
                  var reversed = it.reverses();
                  return reversed == null ? null : reversed.uuid();
                }))
        .update();
  }

  /// Everything that the other side may know the transaction by.
  private static List<String> references(PostedMovement movement) {
    List<@Nullable String> references = new ArrayList<>();
    references.add(movement.reference());
    references.add(movement.transaction().toString());
    Relation relation = movement.relatesTo();
    references.add(relation == null ? null : relation.id());
    for (String name : KNOWN_BY) {
      Object known = movement.metadata().get(name);
      references.add(known instanceof String text ? text : null);
    }
    return references.stream()
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .filter(it -> !it.isBlank())
        .map(it -> it.replace(SEPARATOR, " "))
        .distinct()
        .toList();
  }
}
