package io.countersign.server.reconciliation;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Which files were taken from folders.
@Component
class FetchStore {

  private static final String KNOWN =
      """
      SELECT EXISTS (SELECT FROM reconciliation.fetched_file
        WHERE ledger_id = :ledger AND source = :source AND sha256 = :sha256)
      """;
  private static final String INSERT =
      """
      INSERT INTO reconciliation.fetched_file
        (ledger_id, source, sha256, name, fetched_at, import_id, problem)
      VALUES (:ledger, :source, :sha256, :name, :at, :import, :problem)
      ON CONFLICT (ledger_id, source, sha256) DO NOTHING
      """;

  private final JdbcClient jdbc;

  FetchStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  boolean isKnown(int ledger, String source, String sha256) {
    return jdbc.sql(KNOWN)
        .param("ledger", ledger)
        .param("source", source)
        .param("sha256", sha256)
        .query(Boolean.class)
        .single();
  }

  /// @param importId null when the file was refused
  /// @param problem why it was refused
  void insert(
      int ledger,
      String source,
      String sha256,
      String name,
      Instant at,
      @Nullable UUID importId,
      @Nullable String problem) {
    jdbc.sql(INSERT)
        .param("ledger", ledger)
        .param("source", source)
        .param("sha256", sha256)
        .param("name", name)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .param("import", importId)
        .param("problem", problem)
        .update();
  }
}
