package io.countersign.server.journal;

import io.countersign.model.id.TransactionId;
import io.countersign.server.database.SqlArrays;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Writes to the books: each statement takes a whole set.
@Component
class JournalStore {

  /// @param sequences in their order
  /// @param recordedAt one instant for all of them
  record Numbers(List<Long> sequences, Instant recordedAt) {}

  /// How a ledger stands, as an append finds it; nothing of this changes until it commits, since it
  /// has entered the gate.
  ///
  /// @param watermark the newest one; null before the first
  /// @param same whether the watermark that was asked for is there
  /// @param chart what the chart of accounts is marked with since a status changed last
  record Standing(@Nullable Watermark watermark, boolean same, UUID chart, ClosedPeriods closed) {}

  /// The sum of an account's entries, signed as stored.
  ///
  /// @param through of those up to the watermark that was given
  /// @param since of those after it
  record Available(BigInteger through, BigInteger since) {}

  private static final String STANDING =
      """
      SELECT newest.sequence, newest.closed_at, closed.closed_from, closed.closed_through, chart.mark,
             EXISTS (SELECT FROM journal.watermark w WHERE w.ledger_id = :ledger
                     AND w.sequence = :sequence::bigint AND w.closed_at = :closedAt::timestamptz)
               AS same
      FROM (SELECT) AS one
      LEFT JOIN LATERAL (
        SELECT sequence, closed_at FROM journal.watermark
        WHERE ledger_id = :ledger ORDER BY sequence DESC LIMIT 1
      ) newest ON true
      LEFT JOIN LATERAL (
        SELECT closed_from, closed_through FROM journal.period_change
        WHERE ledger_id = :ledger ORDER BY number DESC LIMIT 1
      ) closed ON true
      LEFT JOIN LATERAL (
        SELECT mark FROM journal.chart_state WHERE ledger_id = :ledger
      ) chart ON true
      """;
  private static final String MARK_CHART =
      """
      INSERT INTO journal.chart_state (ledger_id, mark) VALUES (:ledger, :mark)
      ON CONFLICT (ledger_id) DO UPDATE SET mark = excluded.mark
      """;
  // After the gate: numbers and instants of one append lie after every watermark taken before it,
  // the instants also when the clock was set back since.
  private static final String NUMBERS =
      """
      SELECT array_agg(nextval('journal.transaction_sequence')) AS sequences,
             greatest(clock_timestamp(), :after::timestamptz + interval '1 microsecond')
               AS recorded_at
      FROM generate_series(1, :count)
      """;
  // From what the caller knows, or else the newest checkpoint on, which has all days: the floor
  // guards them in order of recording.
  private static final String AVAILABLE =
      """
      SELECT a.account_id, coalesce(base.signed, 0) + coalesce(added.through, 0) AS through,
             coalesce(added.since, 0) AS since
      FROM unnest(:accounts::uuid[], :known::bigint[]) AS a (account_id, known)
      LEFT JOIN LATERAL (
        SELECT c.through,
               c.posted[cardinality(c.posted)] + c.taken[cardinality(c.taken)] AS signed
        FROM journal.checkpoint c
        WHERE a.known IS NULL AND c.ledger_id = :ledger AND c.account_id = a.account_id
          AND c.through <= :watermark
        ORDER BY c.through DESC LIMIT 1
      ) base ON true
      CROSS JOIN LATERAL (
        SELECT sum(e.amount) FILTER (WHERE e.sequence <= :watermark) AS through,
               sum(e.amount) FILTER (WHERE e.sequence > :watermark) AS since
        FROM journal.entry e
        WHERE e.ledger_id = :ledger AND e.account_id = a.account_id
          AND e.sequence > coalesce(a.known, base.through, 0) AND e.layer IN (0, 1)
      ) added
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
        SELECT :ledger, sequence, id, kind, description, reference, DATE '1970-01-01' + day,
               :recordedAt, recorded_by, reverses::uuid, relates_type, relates_id, proposed_by,
               decided_by, metadata::jsonb
        FROM unnest(:sequence::bigint[], :id::uuid[], :kind::text[], :description::text[],
                    :reference::text[], :day::integer[], :recordedBy::text[], :reverses::text[],
                    :relatesType::text[], :relatesId::text[], :proposedBy::text[],
                    :decidedBy::text[], :metadata::text[])
          AS t (sequence, id, kind, description, reference, day, recorded_by, reverses,
                relates_type, relates_id, proposed_by, decided_by, metadata)
      )
      INSERT INTO journal.entry
        (ledger_id, sequence, line, account_id, layer, amount, currency, effective_on)
      SELECT :ledger, sequence, line, account, layer, amount, currency, DATE '1970-01-01' + day
      FROM unnest(:entrySequence::bigint[], :line::integer[], :account::uuid[], :layer::integer[],
                  :amount::bigint[], :currency::text[], :entryDay::integer[])
        AS e (sequence, line, account, layer, amount, currency, day)
      """;

  private static final UUID NEVER_CHANGED = new UUID(0, 0);

  private final JdbcClient jdbc;
  private final JsonMapper json;

  JournalStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /// @param remembered a watermark of which the caller knows something; null of none
  Standing standing(int ledger, @Nullable Watermark remembered) {
    return jdbc.sql(STANDING)
        .param("ledger", ledger)
        .param("sequence", remembered == null ? null : remembered.sequence())
        .param("closedAt", remembered == null ? null : utc(remembered.closedAt()))
        .query(JournalStore::standing)
        .single();
  }

  private static Standing standing(ResultSet row, int number) throws SQLException {
    return new Standing(
        row.getObject("sequence") == null
            ? null
            : new Watermark(row.getLong("sequence"), instant(row, "closed_at")),
        row.getBoolean("same"),
        Objects.requireNonNullElse(row.getObject("mark", UUID.class), NEVER_CHANGED),
        PeriodStore.closed(row));
  }

  /// Marks the chart anew, for a caller who is alone at the gate and changes a status.
  ///
  /// @param mark that was never used
  void markChart(int ledger, UUID mark) {
    jdbc.sql(MARK_CHART).param("ledger", ledger).param("mark", mark).update();
  }

  /// @param watermark the newest one; null before the first
  /// @throws IllegalStateException when a number is not above the newest watermark: the sequence
  ///   was set back or cached, and the numbers that another try would get are as bad
  Numbers numbers(int count, @Nullable Watermark watermark) {
    Numbers numbers =
        jdbc.sql(NUMBERS)
            .param("count", count)
            .param("after", watermark == null ? null : utc(watermark.closedAt()))
            .query(
                (row, number) ->
                    new Numbers(
                        List.of((Long[]) row.getArray("sequences").getArray()),
                        instant(row, "recorded_at")))
            .single();
    if (watermark != null) {
      numbers.sequences().forEach(number -> requireAbove(watermark.sequence(), number));
    }
    return numbers;
  }

  private static void requireAbove(long watermark, long sequence) {
    if (sequence <= watermark) {
      throw new IllegalStateException(
          "journal.transaction_sequence gave %d, which is not above the newest watermark %d; it was set back or has a cache: stop the servers and set it right"
              .formatted(sequence, watermark));
    }
  }

  /// Posted less held of each account.
  ///
  /// @param known sequences up to which the caller has the sums of some of the accounts; those of
  ///   their entries are left out
  /// @param watermark one that is not below any of `known`
  Map<UUID, Available> available(
      int ledger, Collection<UUID> accounts, Map<UUID, Long> known, long watermark) {
    Map<UUID, Available> sums = new HashMap<>();
    jdbc.sql(AVAILABLE)
        .param("ledger", ledger)
        .param("accounts", SqlArrays.texts(accounts))
        .param("known", accounts.stream().map(known::get).toArray(Long[]::new))
        .param("watermark", watermark)
        .query(
            row -> {
              sums.put(
                  row.getObject("account_id", UUID.class),
                  new Available(
                      row.getBigDecimal("through").toBigIntegerExact(),
                      row.getBigDecimal("since").toBigIntegerExact()));
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

  /// @param recordedAt of all of them
  void insert(int ledger, List<NumberedDraft> drafts, Instant recordedAt) {
    List<NumberedDraft.Row> rows = new ArrayList<>(2 * drafts.size());
    drafts.forEach(draft -> rows.addAll(draft.rows()));
    int inserted =
        jdbc.sql(INSERT)
            .param("ledger", ledger)
            .param("recordedAt", utc(recordedAt))
            .param("sequence", SqlArrays.longs(drafts, NumberedDraft::sequence))
            .param("id", SqlArrays.texts(drafts, NumberedDraft::id))
            .param("kind", SqlArrays.texts(drafts, it -> it.draft().kind().wire()))
            .param("description", SqlArrays.texts(drafts, it -> it.draft().description()))
            .param("reference", SqlArrays.texts(drafts, it -> it.draft().reference()))
            .param("day", SqlArrays.integers(drafts, it -> day(it.effectiveOn())))
            .param("recordedBy", SqlArrays.texts(drafts, it -> it.draft().recordedBy()))
            .param("reverses", SqlArrays.texts(drafts, NumberedDraft::reverses))
            .param("relatesType", SqlArrays.texts(drafts, NumberedDraft::relatesType))
            .param("relatesId", SqlArrays.texts(drafts, NumberedDraft::relatesId))
            .param("proposedBy", SqlArrays.texts(drafts, it -> it.draft().proposedBy()))
            .param("decidedBy", SqlArrays.texts(drafts, it -> it.draft().decidedBy()))
            .param("metadata", SqlArrays.texts(drafts, this::metadata))
            .param("entrySequence", SqlArrays.longs(rows, NumberedDraft.Row::sequence))
            .param("line", SqlArrays.integers(rows, NumberedDraft.Row::line))
            .param("account", SqlArrays.texts(rows, it -> it.account().id()))
            .param("layer", SqlArrays.integers(rows, it -> it.entry().layer().number()))
            .param("amount", SqlArrays.longs(rows, it -> it.entry().signed()))
            .param("currency", SqlArrays.texts(rows, it -> it.account().currency()))
            .param("entryDay", SqlArrays.integers(rows, it -> day(it.effectiveOn())))
            .update();
    if (inserted != rows.size()) {
      throw new IllegalStateException(
          "wrote " + inserted + " of " + rows.size() + " entries; nothing is committed");
    }
  }

  private String metadata(NumberedDraft numbered) {
    Map<String, @Nullable Object> metadata = numbered.draft().metadata();
    return metadata.isEmpty() ? "{}" : json.writeValueAsString(metadata);
  }

  private static int day(LocalDate date) {
    return Math.toIntExact(date.toEpochDay());
  }

  private static OffsetDateTime utc(Instant instant) {
    return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
