package io.countersign.server.idempotency;

import io.countersign.server.api.Fingerprint;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.database.SqlArrays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
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
  // One look-up in the primary key each, whatever the planner thinks of the table's size.
  private static final String FIND_ALL =
      """
      SELECT found.owner, found.key, found.fingerprint, found.subject, found.status,
             found.content_type, found.body
      FROM (SELECT owner::uuid, key COLLATE "C" AS key
            FROM unnest(:owners::text[], :keys::text[]) AS given (owner, key)
            ORDER BY 1, 2) asked
      CROSS JOIN LATERAL (
        SELECT * FROM idempotency.key k
        WHERE k.ledger_id = :ledger AND k.owner = asked.owner AND k.key = asked.key
          AND (k.expires_at IS NULL OR k.expires_at > :now)
        FOR UPDATE
      ) found
      """;
  // As CLAIM, with the answers, and sorted like every other taker of keys.
  private static final String INSERT_ALL =
      """
      INSERT INTO idempotency.key (ledger_id, owner, key, fingerprint, status, content_type, body,
                                   created_at, expires_at)
      SELECT :ledger, owner::uuid, key, fingerprint, status::smallint, content_type, body,
             :now, :expiresAt
      FROM unnest(:owners::text[], :keys::text[], :fingerprints::bytea[], :statuses::text[],
                  :contentTypes::text[], :bodies::bytea[])
        AS answered (owner, key, fingerprint, status, content_type, body)
      ORDER BY owner::uuid, key COLLATE "C"
      ON CONFLICT (ledger_id, owner, key) DO UPDATE
      SET fingerprint = excluded.fingerprint, subject = NULL, status = excluded.status,
          content_type = excluded.content_type, body = excluded.body,
          created_at = excluded.created_at, expires_at = excluded.expires_at
      WHERE idempotency.key.expires_at <= :now
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

  /// A key within its ledger.
  record Name(UUID owner, String key) {

    static Name of(KeyedRequest request) {
      return new Name(request.owner(), request.key());
    }
  }

  record NamedRow(Name name, KeyRow row) {}

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

  /// Those among the keys that are there and have not expired; locked.
  List<NamedRow> findAll(int ledger, List<KeyedRequest> requests, Instant now) {
    return jdbc.sql(FIND_ALL)
        .param("ledger", ledger)
        .param("now", utc(now))
        .param("owners", SqlArrays.texts(requests, KeyedRequest::owner))
        .param("keys", SqlArrays.texts(requests, KeyedRequest::key))
        .query(
            (row, number) ->
                new NamedRow(
                    new Name(row.getObject("owner", UUID.class), row.getString("key")),
                    row(row, number)))
        .list();
  }

  /// @return how many of the keys were new or expired, and are written
  int insertAll(
      int ledger,
      List<KeyedRequest> requests,
      List<StoredAnswer> answers,
      Instant now,
      Instant expiresAt) {
    return jdbc.sql(INSERT_ALL)
        .param("ledger", ledger)
        .param("now", utc(now))
        .param("expiresAt", utc(expiresAt))
        .param("owners", SqlArrays.texts(requests, KeyedRequest::owner))
        .param("keys", SqlArrays.texts(requests, KeyedRequest::key))
        .param("fingerprints", SqlArrays.bytes(requests, it -> it.fingerprint().bytes()))
        .param("statuses", SqlArrays.texts(answers, StoredAnswer::status))
        .param("contentTypes", SqlArrays.texts(answers, StoredAnswer::contentType))
        .param("bodies", SqlArrays.bytes(answers, StoredAnswer::body))
        .update();
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
