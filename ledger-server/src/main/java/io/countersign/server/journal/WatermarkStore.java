package io.countersign.server.journal;

import io.countersign.server.database.SqlArrays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class WatermarkStore {

  private static final String NEWEST =
      """
      SELECT sequence, closed_at FROM journal.watermark
      WHERE ledger_id = :ledger ORDER BY sequence DESC LIMIT 1
      """;
  private static final String AFTER =
      """
      SELECT sequence, closed_at FROM journal.watermark
      WHERE ledger_id = :ledger AND sequence > :after ORDER BY sequence LIMIT :rows
      """;
  private static final String FIRST_FROM =
      """
      SELECT sequence, closed_at FROM journal.watermark
      WHERE ledger_id = :ledger AND closed_at >= :at ORDER BY closed_at LIMIT 1
      """;
  private static final String IS_AHEAD =
      """
      SELECT :at::timestamptz > greatest(clock_timestamp(), max(closed_at) + interval '1 microsecond')
      FROM (SELECT closed_at FROM journal.watermark
            WHERE ledger_id = :ledger ORDER BY sequence DESC LIMIT 1) newest
      """;
  private static final String HAS_NEW =
      """
      SELECT EXISTS (SELECT FROM journal.transaction WHERE ledger_id = :ledger AND sequence > :after)
      """;
  // Should the clock have been set back, the instants go on from the newest one all the same.
  private static final String INSERT =
      """
      WITH number AS MATERIALIZED (
        SELECT nextval('journal.transaction_sequence') AS sequence, clock_timestamp() AS now
      )
      INSERT INTO journal.watermark (ledger_id, sequence, closed_at)
      SELECT asked.ledger::integer, number.sequence,
             greatest(number.now, newest.closed_at + interval '1 microsecond')
      FROM unnest(:ledgers::text[]) AS asked (ledger)
      CROSS JOIN number
      LEFT JOIN LATERAL (
        SELECT w.closed_at FROM journal.watermark w
        WHERE w.ledger_id = asked.ledger::integer ORDER BY w.sequence DESC LIMIT 1
      ) newest ON true
      """;
  private static final String HANDED_OUT =
      """
      SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END
      FROM journal.transaction_sequence
      """;
  private static final String HIGHEST =
      """
      SELECT greatest(
        (SELECT sequence FROM journal.watermark
         WHERE ledger_id = :ledger ORDER BY sequence DESC LIMIT 1),
        (SELECT sequence FROM journal.transaction
         WHERE ledger_id = :ledger ORDER BY sequence DESC LIMIT 1), 0)
      """;

  private final JdbcClient jdbc;

  WatermarkStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<Watermark> newest(int ledger) {
    return jdbc.sql(NEWEST).param("ledger", ledger).query(WatermarkStore::watermark).optional();
  }

  List<Watermark> after(int ledger, long sequence, int rows) {
    return jdbc.sql(AFTER)
        .param("ledger", ledger)
        .param("after", sequence)
        .param("rows", rows)
        .query(WatermarkStore::watermark)
        .list();
  }

  /// The first watermark that was not taken before `at`.
  Optional<Watermark> firstFrom(int ledger, Instant at) {
    return jdbc.sql(FIRST_FROM)
        .param("ledger", ledger)
        .param("at", OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
        .query(WatermarkStore::watermark)
        .optional();
  }

  /// Whether an instant lies after every `recordedAt` that the ledger could give out now.
  boolean isAhead(int ledger, Instant at) {
    return jdbc.sql(IS_AHEAD)
        .param("ledger", ledger)
        .param("at", OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
        .query(Boolean.class)
        .single();
  }

  boolean hasNew(int ledger, long after) {
    return jdbc.sql(HAS_NEW)
        .param("ledger", ledger)
        .param("after", after)
        .query(Boolean.class)
        .single();
  }

  /// Adds one watermark to each ledger, for a caller who is alone at the gate.
  void insert(Collection<Integer> ledgers) {
    int inserted = jdbc.sql(INSERT).param("ledgers", SqlArrays.texts(ledgers)).update();
    if (inserted != ledgers.size()) {
      throw new IllegalStateException(
          "wrote " + inserted + " watermarks of " + ledgers.size() + "; nothing is committed");
    }
  }

  /// The highest number ever handed out by the sequence; 0 before the first.
  long handedOut() {
    return jdbc.sql(HANDED_OUT).query(Long.class).single();
  }

  /// The highest number that the ledger's rows bear; 0 without any.
  long highest(int ledger) {
    return jdbc.sql(HIGHEST).param("ledger", ledger).query(Long.class).single();
  }

  private static Watermark watermark(ResultSet row, int number) throws SQLException {
    return new Watermark(
        row.getLong("sequence"), row.getObject("closed_at", OffsetDateTime.class).toInstant());
  }
}
