package io.countersign.server.seals;

import io.countersign.seal.CanonicalForm;
import io.countersign.seal.SealStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class SealStore {

  private static final String SELECT =
      """
      SELECT s.number, s.from_sequence, s.through_sequence, s.transactions, s.entries, s.records,
             s.transactions_root, s.records_root, s.totals_root, s.previous, s.sealed_at,
             s.public_key, s.signature
      FROM seals.seal s WHERE s.ledger_id = :ledger
      """;
  private static final String NEWEST = SELECT + " ORDER BY s.number DESC LIMIT 1";
  private static final String PAGE =
      SELECT + " AND s.number > :after ORDER BY s.number LIMIT :limit";
  private static final String REACHING =
      SELECT + " AND s.through_sequence >= :sequence ORDER BY s.number LIMIT 1";
  private static final String INSERT =
      """
      INSERT INTO seals.seal (ledger_id, number, version, from_sequence, through_sequence,
          transactions, entries, records, transactions_root, records_root, totals_root, previous,
          sealed_at, public_key, signature)
      VALUES (:ledger, :number, :version, :from, :through, :transactions, :entries, :records,
          :transactionsRoot, :recordsRoot, :totalsRoot, :previous, :sealedAt, :publicKey, :signature)
      ON CONFLICT DO NOTHING
      """;
  private static final String INSERT_LEAVES =
      """
      INSERT INTO seals.leaf_list (ledger_id, seal, leaves) VALUES (:ledger, :seal, :leaves)
      ON CONFLICT DO NOTHING
      """;
  private static final String LEAVES =
      "SELECT leaves FROM seals.leaf_list WHERE ledger_id = :ledger AND seal = :seal";
  private static final String NEWEST_LEAVES =
      "SELECT coalesce(max(seal), 0) FROM seals.leaf_list WHERE ledger_id = :ledger";

  private final JdbcClient jdbc;

  SealStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<SealRow> newest(int ledger, String code) {
    return jdbc.sql(NEWEST)
        .param("ledger", ledger)
        .query((row, number) -> seal(row, code))
        .optional();
  }

  List<SealRow> page(int ledger, String code, long after, int limit) {
    return jdbc.sql(PAGE)
        .param("ledger", ledger)
        .param("after", after)
        .param("limit", limit)
        .query((row, number) -> seal(row, code))
        .list();
  }

  /// The first seal that covers this sequence.
  Optional<SealRow> reaching(int ledger, String code, long sequence) {
    return jdbc.sql(REACHING)
        .param("ledger", ledger)
        .param("sequence", sequence)
        .query((row, number) -> seal(row, code))
        .optional();
  }

  /// @return false when there is a seal of this number
  boolean insert(int ledger, SealRow seal, LeafList leaves) {
    SealStatement statement = seal.statement();
    int inserted =
        jdbc.sql(INSERT)
            .param("ledger", ledger)
            .param("number", statement.number())
            .param("version", CanonicalForm.VERSION)
            .param("from", statement.fromSequence())
            .param("through", statement.throughSequence())
            .param("transactions", statement.transactions())
            .param("entries", statement.entries())
            .param("records", statement.records())
            .param("transactionsRoot", statement.transactionsRoot())
            .param("recordsRoot", statement.recordsRoot())
            .param("totalsRoot", statement.totalsRoot())
            .param("previous", statement.previous())
            .param("sealedAt", OffsetDateTime.ofInstant(statement.sealedAt(), ZoneOffset.UTC))
            .param("publicKey", statement.publicKey())
            .param("signature", seal.signature())
            .update();
    return inserted == 1
        && jdbc.sql(INSERT_LEAVES)
                .param("ledger", ledger)
                .param("seal", statement.number())
                .param("leaves", leaves.toBytes())
                .update()
            == 1;
  }

  Optional<byte[]> leaves(int ledger, long seal) {
    return jdbc.sql(LEAVES)
        .param("ledger", ledger)
        .param("seal", seal)
        .query((row, number) -> row.getBytes(1))
        .optional();
  }

  /// The highest seal that has a list of leaves; 0 without one.
  long newestLeaves(int ledger) {
    return jdbc.sql(NEWEST_LEAVES).param("ledger", ledger).query(Long.class).single();
  }

  private static SealRow seal(ResultSet row, String code) throws SQLException {
    return new SealRow(
        new SealStatement(
            code,
            row.getLong("number"),
            row.getLong("from_sequence"),
            row.getLong("through_sequence"),
            row.getLong("transactions"),
            row.getLong("entries"),
            row.getLong("records"),
            row.getBytes("transactions_root"),
            row.getBytes("records_root"),
            row.getBytes("totals_root"),
            row.getBytes("previous"),
            row.getObject("sealed_at", OffsetDateTime.class).toInstant(),
            row.getBytes("public_key")),
        row.getBytes("signature"));
  }
}
