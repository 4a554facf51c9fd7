package io.countersign.server.reconciliation;

import io.countersign.model.id.TransactionId;
import io.countersign.server.database.SqlArrays;
import io.countersign.server.journal.PostedMovement;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The books' side of a source, copied from the journal.
@Component
class EntryStore {

  private static final String SEPARATOR = "\u001f";

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

  void insert(int ledger, UUID account, List<MirroredEntry> entries) {
    List<PostedMovement> movements = entries.stream().map(MirroredEntry::movement).toList();
    jdbc.sql(INSERT)
        .param("ledger", ledger)
        .param("account", account)
        .param("ids", SqlArrays.texts(movements, it -> it.transaction().uuid()))
        .param("sequences", SqlArrays.texts(movements, PostedMovement::sequence))
        .param("amounts", SqlArrays.texts(movements, it -> it.amount().minorUnits()))
        .param("currencies", SqlArrays.texts(movements, it -> it.amount().currency()))
        .param("references", SqlArrays.texts(movements, PostedMovement::reference))
        .param("refs", SqlArrays.texts(entries, EntryStore::joined))
        .param("descriptions", SqlArrays.texts(movements, PostedMovement::description))
        .param("days", SqlArrays.texts(movements, PostedMovement::effectiveOn))
        .param("recordedAt", SqlArrays.texts(movements, PostedMovement::recordedAt))
        .param("reverses", SqlArrays.texts(movements, EntryStore::reversed))
        .update();
  }

  private static String joined(MirroredEntry entry) {
    return entry.references().stream()
        .map(it -> it.replace(SEPARATOR, " "))
        .collect(Collectors.joining(SEPARATOR));
  }

  private static @Nullable Object reversed(PostedMovement movement) {
    TransactionId reversed = movement.reverses();
    return reversed == null ? null : reversed.uuid();
  }
}
