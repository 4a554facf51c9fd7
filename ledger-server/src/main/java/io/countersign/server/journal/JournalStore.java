package io.countersign.server.journal;

import io.countersign.model.id.TransactionId;
import io.countersign.server.database.SqlArrays;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Writes to the books: each statement takes a whole set.
@Component
class JournalStore {

  record Numbered(long sequence, Instant recordedAt) {}

  // After the gate: numbers and instants of one append lie after every watermark taken before it,
  // the instants also when the clock was set back since.
  private static final String NUMBERS =
      """
      SELECT nextval('journal.transaction_sequence') AS sequence,
             greatest(clock_timestamp(), newest.closed_at + interval '1 microsecond') AS recorded_at,
             coalesce(newest.sequence, 0) AS watermark
      FROM generate_series(1, :count)
      LEFT JOIN (SELECT sequence, closed_at FROM journal.watermark
                 WHERE ledger_id = :ledger ORDER BY sequence DESC LIMIT 1) newest ON true
      """;
  // From the newest checkpoint on, which has all days: the floor guards them in order of recording.
  private static final String AVAILABLE =
      """
      SELECT a.id AS account_id, coalesce(base.signed, 0) + coalesce(since.signed, 0) AS signed
      FROM unnest(:accounts::uuid[]) AS a (id)
      LEFT JOIN LATERAL (
        SELECT c.through,
               c.posted[cardinality(c.posted)] + c.taken[cardinality(c.taken)] AS signed
        FROM journal.checkpoint c
        WHERE c.ledger_id = :ledger AND c.account_id = a.id
        ORDER BY c.through DESC LIMIT 1
      ) base ON true
      CROSS JOIN LATERAL (
        SELECT sum(e.amount) AS signed FROM journal.entry e
        WHERE e.ledger_id = :ledger AND e.account_id = a.id
          AND e.sequence > coalesce(base.through, 0) AND e.layer IN (0, 1)
      ) since
      """;
  private static final String REVERSED =
      """
      SELECT reversed_id FROM journal.reversal
      WHERE ledger_id = :ledger AND reversed_id = ANY(:ids::uuid[])
      """;
  private static final String CLAIM_REVERSALS =
      """
      INSERT INTO journal.reversal (ledger_id, reversed_id, reversal_id)
      SELECT :ledger, reversed::uuid, reversal::uuid
      FROM unnest(:reversed::text[], :reversals::text[]) AS claim (reversed, reversal)
      ORDER BY reversed::uuid
      ON CONFLICT DO NOTHING
      """;
  private static final String INSERT =
      """
      WITH head AS (
        INSERT INTO journal.transaction
          (ledger_id, sequence, id, kind, description, reference, effective_on, recorded_at,
           recorded_by, reverses, relates_type, relates_id, proposed_by, decided_by, metadata)
        SELECT :ledger, sequence::bigint, id::uuid, kind, description, reference,
               effective_on::date, recorded_at::timestamptz, recorded_by, reverses::uuid,
               relates_type, relates_id, proposed_by, decided_by, metadata::jsonb
        FROM unnest(:sequence::text[], :id::text[], :kind::text[], :description::text[],
                    :reference::text[], :effectiveOn::text[], :recordedAt::text[],
                    :recordedBy::text[], :reverses::text[], :relatesType::text[],
                    :relatesId::text[], :proposedBy::text[], :decidedBy::text[], :metadata::text[])
          AS t (sequence, id, kind, description, reference, effective_on, recorded_at,
                recorded_by, reverses, relates_type, relates_id, proposed_by, decided_by, metadata)
      )
      INSERT INTO journal.entry
        (ledger_id, sequence, line, account_id, layer, amount, currency, effective_on)
      SELECT :ledger, sequence::bigint, line::smallint, account::uuid, layer::smallint,
             amount::bigint, currency, effective_on::date
      FROM unnest(:entrySequence::text[], :line::text[], :account::text[], :layer::text[],
                  :amount::text[], :currency::text[], :entryEffectiveOn::text[])
        AS e (sequence, line, account, layer, amount, currency, effective_on)
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json;

  JournalStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /// @throws IllegalStateException when a number is not above the newest watermark: the sequence
  ///   was set back or cached, and the numbers that another try would get are as bad
  List<Numbered> numbers(int ledger, int count) {
    return jdbc.sql(NUMBERS)
        .param("ledger", ledger)
        .param("count", count)
        .query(
            (row, number) -> {
              requireAbove(row.getLong("watermark"), row.getLong("sequence"));
              return new Numbered(
                  row.getLong("sequence"),
                  row.getObject("recorded_at", OffsetDateTime.class).toInstant());
            })
        .list();
  }

  private static void requireAbove(long watermark, long sequence) {
    if (sequence <= watermark) {
      throw new IllegalStateException(
          "journal.transaction_sequence gave %d, which is not above the newest watermark %d; it was set back or has a cache: stop the servers and set it right"
              .formatted(sequence, watermark));
    }
  }

  /// Posted less held, signed as stored (debits positive).
  Map<UUID, BigInteger> signedAvailable(int ledger, Collection<UUID> accounts) {
    Map<UUID, BigInteger> sums = new HashMap<>();
    jdbc.sql(AVAILABLE)
        .param("ledger", ledger)
        .param("accounts", SqlArrays.texts(accounts))
        .query(
            row -> {
              BigDecimal sum = row.getBigDecimal("signed");
              sums.put(row.getObject("account_id", UUID.class), sum.toBigIntegerExact());
            });
    return sums;
  }

  Set<UUID> reversed(int ledger, Collection<TransactionId> ids) {
    return new HashSet<>(
        jdbc.sql(REVERSED)
            .param("ledger", ledger)
            .param("ids", SqlArrays.texts(ids, TransactionId::uuid))
            .query(UUID.class)
            .list());
  }

  /// @return how many of the reversals are the first of their transaction
  int claimReversals(int ledger, List<NumberedDraft> reversals) {
    return jdbc.sql(CLAIM_REVERSALS)
        .param("ledger", ledger)
        .param("reversed", SqlArrays.texts(reversals, NumberedDraft::reverses))
        .param("reversals", SqlArrays.texts(reversals, NumberedDraft::id))
        .update();
  }

  void insert(int ledger, List<NumberedDraft> drafts) {
    List<NumberedDraft.Row> rows = drafts.stream().flatMap(draft -> draft.rows().stream()).toList();
    int inserted =
        jdbc.sql(INSERT)
            .param("ledger", ledger)
            .param("sequence", SqlArrays.texts(drafts, NumberedDraft::sequence))
            .param("id", SqlArrays.texts(drafts, NumberedDraft::id))
            .param("kind", SqlArrays.texts(drafts, it -> it.draft().kind().wire()))
            .param("description", SqlArrays.texts(drafts, it -> it.draft().description()))
            .param("reference", SqlArrays.texts(drafts, it -> it.draft().reference()))
            .param("effectiveOn", SqlArrays.texts(drafts, NumberedDraft::effectiveOn))
            .param("recordedAt", SqlArrays.texts(drafts, NumberedDraft::recordedAt))
            .param("recordedBy", SqlArrays.texts(drafts, it -> it.draft().recordedBy()))
            .param("reverses", SqlArrays.texts(drafts, NumberedDraft::reverses))
            .param("relatesType", SqlArrays.texts(drafts, NumberedDraft::relatesType))
            .param("relatesId", SqlArrays.texts(drafts, NumberedDraft::relatesId))
            .param("proposedBy", SqlArrays.texts(drafts, it -> it.draft().proposedBy()))
            .param("decidedBy", SqlArrays.texts(drafts, it -> it.draft().decidedBy()))
            .param(
                "metadata",
                SqlArrays.texts(drafts, it -> json.writeValueAsString(it.draft().metadata())))
            .param("entrySequence", SqlArrays.texts(rows, NumberedDraft.Row::sequence))
            .param("line", SqlArrays.texts(rows, NumberedDraft.Row::line))
            .param("account", SqlArrays.texts(rows, it -> it.account().id()))
            .param("layer", SqlArrays.texts(rows, it -> it.entry().layer().number()))
            .param("amount", SqlArrays.texts(rows, it -> it.entry().signed()))
            .param("currency", SqlArrays.texts(rows, it -> it.account().currency()))
            .param("entryEffectiveOn", SqlArrays.texts(rows, NumberedDraft.Row::effectiveOn))
            .update();
    if (inserted != rows.size()) {
      throw new IllegalStateException(
          "wrote " + inserted + " of " + rows.size() + " entries; nothing is committed");
    }
  }
}
