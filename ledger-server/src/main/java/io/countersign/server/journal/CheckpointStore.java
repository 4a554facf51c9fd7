package io.countersign.server.journal;

import io.countersign.server.database.SqlArrays;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Reads and writes checkpoints for the one who builds them; [BalanceStore] reads them for
/// balances.
@Component
class CheckpointStore {

  /// The days of a month, by the row that has them.
  record DaysKey(UUID account, int month, long through) {}

  /// An account and the sequence from which its entries are not in its newest checkpoint.
  record Due(UUID account, long after) {}

  private static final String COVERED =
      """
      SELECT through FROM journal.checkpoint_slice
      WHERE ledger_id = :ledger ORDER BY after DESC LIMIT 1
      """;
  private static final String SLICE =
      """
      SELECT sequence FROM journal.transaction
      WHERE ledger_id = :ledger AND sequence > :after AND sequence <= :through
      ORDER BY sequence LIMIT :transactions
      """;
  // Several servers claim a slice that starts here: the others wait for the first, and go on where
  // it ended.
  private static final String CLAIM =
      """
      INSERT INTO journal.checkpoint_slice (ledger_id, after, through)
      VALUES (:ledger, :after, :through)
      ON CONFLICT DO NOTHING
      """;
  // By single sequences and not by their range: for a range whose ends it does not know, PostgreSQL
  // would rather walk through all accounts in the other index.
  private static final String DUE =
      """
      SELECT a.account_id, coalesce(base.through, 0) AS after
      FROM (SELECT DISTINCT e.account_id
            FROM unnest(:sequences::text[]) AS asked (sequence)
            JOIN journal.entry e
              ON e.ledger_id = :ledger AND e.sequence = asked.sequence::bigint) a
      LEFT JOIN LATERAL (
        SELECT c.through FROM journal.checkpoint c
        WHERE c.ledger_id = :ledger AND c.account_id = a.account_id AND c.through <= :through
        ORDER BY c.through DESC LIMIT 1
      ) base ON true
      WHERE (SELECT count(*) FROM (
               SELECT FROM journal.entry e
               WHERE e.ledger_id = :ledger AND e.account_id = a.account_id
                 AND e.sequence > coalesce(base.through, 0) AND e.sequence <= :through
               LIMIT :entries) waiting) >= :entries
      ORDER BY a.account_id
      """;
  private static final String CHECKPOINTS =
      """
      SELECT c.account_id, c.through, c.recorded_through, c.months, c.posted, c.taken, c.sequences,
             c.days_through
      FROM unnest(:accounts::text[], :throughs::text[]) AS asked (account, through)
      JOIN journal.checkpoint c
        ON c.ledger_id = :ledger AND c.account_id = account::uuid AND c.through = asked.through::bigint
      """;
  private static final String DAYS =
      """
      SELECT d.account_id, d.month, d.through, d.days, d.posted, d.taken, d.sequences
      FROM unnest(:accounts::text[], :months::text[], :throughs::text[])
        AS asked (account, month, through)
      JOIN journal.checkpoint_days d
        ON d.ledger_id = :ledger AND d.account_id = account::uuid
       AND d.month = asked.month::integer AND d.through = asked.through::bigint
      """;
  private static final String ADDED =
      """
      SELECT e.account_id, e.effective_on - DATE '1970-01-01' AS day,
             coalesce(sum(e.amount) FILTER (WHERE e.layer = 0), 0) AS posted,
             coalesce(sum(e.amount) FILTER (WHERE e.layer = 1), 0) AS taken,
             max(e.sequence) AS sequence, min(e.sequence) AS first_sequence, count(*) AS entries,
             max(t.recorded_at) AS recorded_through
      FROM unnest(:accounts::text[], :afters::text[]) AS asked (account, after)
      JOIN journal.entry e
        ON e.ledger_id = :ledger AND e.account_id = account::uuid
       AND e.sequence > asked.after::bigint AND e.sequence <= :through
      JOIN journal.transaction t ON t.ledger_id = :ledger AND t.sequence = e.sequence
      GROUP BY e.account_id, e.effective_on
      """;
  private static final String INSERT =
      """
      INSERT INTO journal.checkpoint
        (ledger_id, account_id, through, recorded_through, months, posted, taken, sequences,
         days_through)
      SELECT :ledger, account::uuid, through::bigint, recorded_through::timestamptz,
             months::integer[], posted::numeric[], taken::numeric[], sequences::bigint[],
             days_through::bigint[]
      FROM unnest(:accounts::text[], :throughs::text[], :recorded::text[], :months::text[],
                  :posted::text[], :taken::text[], :sequences::text[], :daysThrough::text[])
        AS c (account, through, recorded_through, months, posted, taken, sequences, days_through)
      """;
  private static final String INSERT_DAYS =
      """
      INSERT INTO journal.checkpoint_days
        (ledger_id, account_id, month, through, days, posted, taken, sequences)
      SELECT :ledger, account::uuid, month::integer, through::bigint,
             days::integer[], posted::numeric[], taken::numeric[], sequences::bigint[]
      FROM unnest(:accounts::text[], :months::text[], :throughs::text[], :days::text[],
                  :posted::text[], :taken::text[], :sequences::text[])
        AS d (account, month, through, days, posted, taken, sequences)
      """;

  private static final String INSERT_SEGMENTS =
      """
      INSERT INTO journal.checkpoint_segment
        (ledger_id, account_id, day, through, first_sequence, last_sequence, entries)
      SELECT :ledger, account::uuid, day::integer, :through, first::bigint, last::bigint,
             entries::integer
      FROM unnest(:accounts::text[], :days::text[], :firsts::text[], :lasts::text[],
                  :entries::text[]) AS s (account, day, first, last, entries)
      """;

  private final JdbcClient jdbc;

  CheckpointStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// How far the builder has come; 0 before the first slice.
  long covered(int ledger) {
    return jdbc.sql(COVERED).param("ledger", ledger).query(Long.class).optional().orElse(0L);
  }

  /// The sequences of the next transactions up to `through`, in order.
  ///
  /// @param transactions how many at most
  List<Long> slice(int ledger, long after, long through, int transactions) {
    return jdbc.sql(SLICE)
        .param("ledger", ledger)
        .param("after", after)
        .param("through", through)
        .param("transactions", transactions)
        .query(Long.class)
        .list();
  }

  /// @return false when another server has this slice
  boolean claim(int ledger, long after, long through) {
    return jdbc.sql(CLAIM)
            .param("ledger", ledger)
            .param("after", after)
            .param("through", through)
            .update()
        == 1;
  }

  /// The accounts that any of these transactions moved and that have, up to `through`, at least so
  /// many entries in no checkpoint.
  List<Due> due(int ledger, List<Long> sequences, long through, int entries) {
    return jdbc.sql(DUE)
        .param("ledger", ledger)
        .param("sequences", SqlArrays.texts(sequences))
        .param("through", through)
        .param("entries", entries)
        .query(
            (row, number) -> new Due(row.getObject("account_id", UUID.class), row.getLong("after")))
        .list();
  }

  List<Checkpoint> checkpoints(int ledger, Collection<Due> asked) {
    return jdbc.sql(CHECKPOINTS)
        .param("ledger", ledger)
        .param("accounts", SqlArrays.texts(asked, Due::account))
        .param("throughs", SqlArrays.texts(asked, Due::after))
        .query(CheckpointStore::checkpoint)
        .list();
  }

  List<Checkpoint.Days> days(int ledger, Collection<DaysKey> asked) {
    return jdbc.sql(DAYS)
        .param("ledger", ledger)
        .param("accounts", SqlArrays.texts(asked, DaysKey::account))
        .param("months", SqlArrays.texts(asked, DaysKey::month))
        .param("throughs", SqlArrays.texts(asked, DaysKey::through))
        .query(
            (row, number) ->
                new Checkpoint.Days(
                    row.getObject("account_id", UUID.class),
                    row.getInt("month"),
                    row.getLong("through"),
                    sums(row, "days")))
        .list();
  }

  /// What the entries in no checkpoint, up to `through`, add up to by account and day.
  List<Checkpoint.Added> added(int ledger, Collection<Due> accounts, long through) {
    return jdbc.sql(ADDED)
        .param("ledger", ledger)
        .param("accounts", SqlArrays.texts(accounts, Due::account))
        .param("afters", SqlArrays.texts(accounts, Due::after))
        .param("through", through)
        .query(
            (row, number) ->
                new Checkpoint.Added(
                    row.getObject("account_id", UUID.class),
                    row.getInt("day"),
                    new Sums(
                        row.getBigDecimal("posted").toBigIntegerExact(),
                        row.getBigDecimal("taken").toBigIntegerExact(),
                        row.getLong("sequence")),
                    row.getLong("first_sequence"),
                    row.getInt("entries"),
                    row.getObject("recorded_through", OffsetDateTime.class).toInstant()))
        .list();
  }

  void insert(int ledger, List<Checkpoint> rows) {
    jdbc.sql(INSERT)
        .param("ledger", ledger)
        .param("accounts", SqlArrays.texts(rows, Checkpoint::account))
        .param("throughs", SqlArrays.texts(rows, Checkpoint::through))
        .param("recorded", SqlArrays.texts(rows, Checkpoint::recordedThrough))
        .param("months", SqlArrays.texts(rows, row -> array(row.months().keySet())))
        .param("posted", SqlArrays.texts(rows, row -> posted(row.months())))
        .param("taken", SqlArrays.texts(rows, row -> taken(row.months())))
        .param("sequences", SqlArrays.texts(rows, row -> sequences(row.months())))
        .param("daysThrough", SqlArrays.texts(rows, row -> array(row.daysThrough().values())))
        .update();
  }

  void insertDays(int ledger, List<Checkpoint.Days> rows) {
    jdbc.sql(INSERT_DAYS)
        .param("ledger", ledger)
        .param("accounts", SqlArrays.texts(rows, Checkpoint.Days::account))
        .param("months", SqlArrays.texts(rows, Checkpoint.Days::month))
        .param("throughs", SqlArrays.texts(rows, Checkpoint.Days::through))
        .param("days", SqlArrays.texts(rows, row -> array(row.days().keySet())))
        .param("posted", SqlArrays.texts(rows, row -> posted(row.days())))
        .param("taken", SqlArrays.texts(rows, row -> taken(row.days())))
        .param("sequences", SqlArrays.texts(rows, row -> sequences(row.days())))
        .update();
  }

  /// @param through of the checkpoints that the entries are in from now on
  void insertSegments(int ledger, List<Checkpoint.Added> rows, long through) {
    int inserted =
        jdbc.sql(INSERT_SEGMENTS)
            .param("ledger", ledger)
            .param("through", through)
            .param("accounts", SqlArrays.texts(rows, Checkpoint.Added::account))
            .param("days", SqlArrays.texts(rows, Checkpoint.Added::day))
            .param("firsts", SqlArrays.texts(rows, Checkpoint.Added::firstSequence))
            .param("lasts", SqlArrays.texts(rows, row -> row.sums().sequence()))
            .param("entries", SqlArrays.texts(rows, Checkpoint.Added::entries))
            .update();
    if (inserted != rows.size()) {
      throw new IllegalStateException("wrote " + inserted + " of " + rows.size() + " segments");
    }
  }

  private static String posted(NavigableMap<Integer, Sums> sums) {
    return array(sums.values().stream().map(Sums::posted).toList());
  }

  private static String taken(NavigableMap<Integer, Sums> sums) {
    return array(sums.values().stream().map(Sums::taken).toList());
  }

  private static String sequences(NavigableMap<Integer, Sums> sums) {
    return array(sums.values().stream().map(Sums::sequence).toList());
  }

  private static String array(Collection<? extends Number> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
  }

  private static Checkpoint checkpoint(ResultSet row, int number) throws SQLException {
    NavigableMap<Integer, Sums> months = sums(row, "months");
    Long[] through = (Long[]) row.getArray("days_through").getArray();
    NavigableMap<Integer, Long> daysThrough = new TreeMap<>();
    for (int month : months.keySet()) {
      daysThrough.put(month, through[daysThrough.size()]);
    }
    return new Checkpoint(
        row.getObject("account_id", UUID.class),
        row.getLong("through"),
        row.getObject("recorded_through", OffsetDateTime.class).toInstant(),
        months,
        daysThrough);
  }

  private static NavigableMap<Integer, Sums> sums(ResultSet row, String points)
      throws SQLException {
    Integer[] at = (Integer[]) row.getArray(points).getArray();
    BigDecimal[] posted = (BigDecimal[]) row.getArray("posted").getArray();
    BigDecimal[] taken = (BigDecimal[]) row.getArray("taken").getArray();
    Long[] sequences = (Long[]) row.getArray("sequences").getArray();
    NavigableMap<Integer, Sums> sums = new TreeMap<>();
    for (int i = 0; i < at.length; i++) {
      sums.put(at[i], new Sums(exact(posted[i]), exact(taken[i]), sequences[i]));
    }
    return sums;
  }

  private static BigInteger exact(@Nullable BigDecimal sum) {
    return java.util.Objects.requireNonNull(sum).toBigIntegerExact();
  }
}
