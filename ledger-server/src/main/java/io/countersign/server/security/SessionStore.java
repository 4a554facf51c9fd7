package io.countersign.server.security;

import io.countersign.server.api.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class SessionStore {

  /// A session that is good now.
  record ValidSession(UUID id, Caller caller, Instant lastSeenAt, Instant expiresAt) {}

  private static final String INSERT =
      """
      INSERT INTO security.session (id, person_id, token_hash, created_at, last_seen_at, expires_at)
      VALUES (:id, :person, :hash, :now, :now, :expiresAt)
      """;
  private static final String VALID =
      """
      SELECT s.id, s.person_id, p.username, s.last_seen_at, s.expires_at,
             (SELECT string_agg(g.ledger_id || ':' || g.role, ',') FROM security.person_grant g
              WHERE g.person_id = s.person_id) AS grants
      FROM security.session s JOIN security.person p ON p.id = s.person_id
      WHERE s.token_hash = :hash AND s.expires_at > :now AND s.last_seen_at > :idleSince
        AND p.revoked_at IS NULL AND (:demonstration OR NOT p.demonstration)
      """;
  private static final String SEEN =
      "UPDATE security.session SET last_seen_at = :now WHERE id = :id AND last_seen_at < :now";
  private static final String END = "DELETE FROM security.session WHERE id = :id";
  private static final String END_ALL_OF = "DELETE FROM security.session WHERE person_id = :person";
  private static final String FORGET_EXPIRED =
      "DELETE FROM security.session WHERE person_id = :person AND expires_at <= :now";

  // Writing each request down would make reads write; a minute is fine enough for an idle hour.
  private static final Duration SEEN_AGAIN_AFTER = Duration.ofMinutes(1);

  private final JdbcClient jdbc;

  SessionStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(UUID id, UUID person, byte[] hash, Instant now, Instant expiresAt) {
    jdbc.sql(FORGET_EXPIRED).param("person", person).param("now", utc(now)).update();
    jdbc.sql(INSERT)
        .param("id", id)
        .param("person", person)
        .param("hash", hash)
        .param("now", utc(now))
        .param("expiresAt", utc(expiresAt))
        .update();
  }

  Optional<ValidSession> valid(byte[] hash, Instant now, Instant idleSince, boolean demonstration) {
    return jdbc.sql(VALID)
        .param("hash", hash)
        .param("now", utc(now))
        .param("idleSince", utc(idleSince))
        .param("demonstration", demonstration)
        .query(SessionStore::session)
        .optional();
  }

  void seen(ValidSession session, Instant now) {
    if (session.lastSeenAt().plus(SEEN_AGAIN_AFTER).isBefore(now)) {
      jdbc.sql(SEEN).param("now", utc(now)).param("id", session.id()).update();
    }
  }

  boolean end(UUID id) {
    return jdbc.sql(END).param("id", id).update() == 1;
  }

  void endAllOf(UUID person) {
    jdbc.sql(END_ALL_OF).param("person", person).update();
  }

  private static ValidSession session(ResultSet row, int number) throws SQLException {
    UUID id = row.getObject("id", UUID.class);
    return new ValidSession(
        id,
        new Caller(
            row.getObject("person_id", UUID.class),
            row.getString("username"),
            Caller.Kind.PERSON,
            id,
            RoleTexts.readGrants(row.getString("grants"))),
        row.getObject("last_seen_at", OffsetDateTime.class).toInstant(),
        row.getObject("expires_at", OffsetDateTime.class).toInstant());
  }

  private static OffsetDateTime utc(Instant instant) {
    return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}
