package io.countersign.server.idempotency;

import io.countersign.server.api.Fingerprint;
import io.countersign.server.api.KeyedRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class KeyStore {

  // Waits for whoever has inserted the same key and not yet committed. An expired row is taken over
  // by the same statement, so no one sees it half renewed.
  private static final String CLAIM =
      """
      INSERT INTO idempotency.key (ledger_id, owner, key, fingerprint, created_at)
      VALUES (:ledger, :owner, :key, :fingerprint, :now)
      ON CONFLICT (ledger_id, owner, key) DO UPDATE
      SET fingerprint = excluded.fingerprint, created_at = excluded.created_at,
          subject = NULL, status = NULL, content_type = NULL, body = NULL, expires_at = NULL
      WHERE idempotency.key.expires_at <= :now
      """;
  // Locked, so that a replay on a quorum-replicated database waits until the first answer is
  // durable.
  private static final String FIND =
      """
      SELECT fingerprint, subject, status, content_type, body FROM idempotency.key
      WHERE ledger_id = :ledger AND owner = :owner AND key = :key FOR UPDATE
      """;
  private static final String ANSWER =
      """
      UPDATE idempotency.key
      SET status = :status, content_type = :contentType, body = :body, expires_at = :expiresAt
      WHERE ledger_id = :ledger AND owner = :owner AND key = :key AND status IS NULL
      """;
  private static final String NAME_SUBJECT =
      """
      UPDATE idempotency.key SET subject = :subject
      WHERE ledger_id = :ledger AND owner = :owner AND key = :key AND status IS NULL
      """;
  private static final String LOCK_SUBJECT =
      """
      SELECT key FROM idempotency.key WHERE ledger_id = :ledger AND subject = :subject
      ORDER BY owner, key FOR UPDATE
      """;
  private static final String END_SUBJECT =
      """
      UPDATE idempotency.key SET expires_at = :expiresAt
      WHERE ledger_id = :ledger AND subject = :subject AND expires_at IS NULL
      """;
  // The outer DELETE repeats the condition: a bite that waited on a row just renewed must not
  // forget it.
  private static final String PURGE =
      """
      DELETE FROM idempotency.key
      WHERE (ledger_id, owner, key) IN (
          SELECT ledger_id, owner, key FROM idempotency.key WHERE expires_at <= :now
          ORDER BY ledger_id, owner, key LIMIT :bite)
        AND expires_at <= :now
      """;

  private final JdbcClient jdbc;

  KeyStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  boolean claim(KeyedRequest request, Instant now) {
    return jdbc.sql(CLAIM)
            .param("ledger", request.ledger())
            .param("owner", request.owner())
            .param("key", request.key())
            .param("fingerprint", request.fingerprint().bytes())
            .param("now", utc(now))
            .update()
        == 1;
  }

  Optional<KeyRow> find(KeyedRequest request) {
    return jdbc.sql(FIND)
        .param("ledger", request.ledger())
        .param("owner", request.owner())
        .param("key", request.key())
        .query(KeyStore::row)
        .optional();
  }

  /// @param expiresAt null when the subject's end, still to come, starts the window
  boolean answer(KeyedRequest request, StoredAnswer answer, @Nullable Instant expiresAt) {
    return jdbc.sql(ANSWER)
            .param("status", answer.status())
            .param("contentType", answer.contentType())
            .param("body", answer.body())
            .param("expiresAt", expiresAt == null ? null : utc(expiresAt))
            .param("ledger", request.ledger())
            .param("owner", request.owner())
            .param("key", request.key())
            .update()
        == 1;
  }

  void nameSubject(KeyedRequest request, UUID subject) {
    int rows =
        jdbc.sql(NAME_SUBJECT)
            .param("subject", subject)
            .param("ledger", request.ledger())
            .param("owner", request.owner())
            .param("key", request.key())
            .update();
    if (rows != 1) {
      throw new IllegalStateException("the key of " + subject + " was not claimed first");
    }
  }

  void lockSubject(int ledger, UUID subject) {
    jdbc.sql(LOCK_SUBJECT)
        .param("ledger", ledger)
        .param("subject", subject)
        .query(String.class)
        .list();
  }

  void endSubject(int ledger, UUID subject, Instant expiresAt) {
    jdbc.sql(END_SUBJECT)
        .param("expiresAt", utc(expiresAt))
        .param("ledger", ledger)
        .param("subject", subject)
        .update();
  }

  int purge(Instant now, int bite) {
    return jdbc.sql(PURGE).param("now", utc(now)).param("bite", bite).update();
  }

  private static KeyRow row(ResultSet row, int number) throws SQLException {
    byte[] body = row.getBytes("body");
    return new KeyRow(
        new Fingerprint(row.getBytes("fingerprint")),
        row.getObject("subject", UUID.class),
        body == null
            ? null
            : new StoredAnswer(row.getInt("status"), row.getString("content_type"), body));
  }

  private static OffsetDateTime utc(Instant instant) {
    return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}
