package io.countersign.server.security;

import io.countersign.model.CurrencyCode;
import io.countersign.model.identity.Limit;
import io.countersign.server.api.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class PersonStore {

  private static final String LOCK_ADMINISTRATION =
      "SELECT id FROM security.administration WHERE id = 1 FOR UPDATE";
  private static final String COUNT = "SELECT count(*) FROM security.person";
  private static final String COUNT_ADMINISTRATORS =
      """
      SELECT count(*) FROM security.person p WHERE p.revoked_at IS NULL AND EXISTS
          (SELECT 1 FROM security.person_grant g WHERE g.person_id = p.id AND g.role = 'ADMIN')
      """;
  private static final String SELECT =
      """
      SELECT p.id, p.username, p.display_name, p.password_hash, p.demonstration, p.version,
             p.created_at, p.revoked_at,
             (SELECT string_agg(g.ledger_id || ':' || g.role, ',') FROM security.person_grant g
              WHERE g.person_id = p.id) AS grants,
             (SELECT string_agg(l.currency || ':' || l.refund_minor_units || ':'
                  || l.approve_minor_units, ',' ORDER BY l.currency)
              FROM security.person_limit l WHERE l.person_id = p.id) AS limits
      FROM security.person p
      """;
  private static final String BY_USERNAME = SELECT + "WHERE p.username = :username";
  private static final String BY_ID = SELECT + "WHERE p.id = :id";
  private static final String PAGE =
      SELECT + "WHERE p.username > :after ORDER BY p.username LIMIT :limit";
  private static final String INSERT =
      """
      INSERT INTO security.person
          (id, username, display_name, password_hash, demonstration, version, created_at)
      VALUES (:id, :username, :displayName, :passwordHash, :demonstration, 1, :createdAt)
      ON CONFLICT (username) DO NOTHING
      """;
  private static final String UPDATE =
      """
      UPDATE security.person
      SET display_name = :displayName, password_hash = :passwordHash, revoked_at = :revokedAt,
          version = version + 1
      WHERE id = :id AND version = :version
      """;
  private static final String DROP_GRANTS =
      "DELETE FROM security.person_grant WHERE person_id = :id";
  private static final String ADD_GRANT =
      """
      INSERT INTO security.person_grant (ledger_id, person_id, role) VALUES (:ledger, :id, :role)
      ON CONFLICT DO NOTHING
      """;
  private static final String DROP_LIMITS =
      "DELETE FROM security.person_limit WHERE person_id = :id";
  private static final String ADD_LIMITS =
      """
      INSERT INTO security.person_limit
          (person_id, currency, refund_minor_units, approve_minor_units)
      SELECT :id, * FROM unnest(:currencies, :refunds, :approvals)
      """;
  private static final String LIMIT =
      """
      SELECT currency, refund_minor_units, approve_minor_units
      FROM security.person_limit WHERE person_id = :id AND currency = :currency
      """;
  private static final String PROPOSE_PASSWORD =
      """
      INSERT INTO security.proposed_password (id, password_hash, created_at)
      VALUES (:id, :hash, :at)
      """;
  private static final String PROPOSED_PASSWORD =
      "SELECT password_hash FROM security.proposed_password WHERE id = :id";
  private static final String DROP_PROPOSED_PASSWORD =
      "DELETE FROM security.proposed_password WHERE id = :id";

  private final JdbcClient jdbc;

  PersonStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void lockAdministration() {
    jdbc.sql(LOCK_ADMINISTRATION).query(Integer.class).single();
  }

  boolean isEmpty() {
    return jdbc.sql(COUNT).query(Long.class).single() == 0;
  }

  long administrators() {
    return jdbc.sql(COUNT_ADMINISTRATORS).query(Long.class).single();
  }

  Optional<Person> byUsername(String username) {
    return jdbc.sql(BY_USERNAME).param("username", username).query(PersonStore::person).optional();
  }

  Optional<Person> byId(UUID id) {
    return jdbc.sql(BY_ID).param("id", id).query(PersonStore::person).optional();
  }

  List<Person> page(String after, int limit) {
    return jdbc.sql(PAGE)
        .param("after", after)
        .param("limit", limit)
        .query(PersonStore::person)
        .list();
  }

  /// @return false when the username is used
  boolean insert(Person person) {
    int inserted =
        jdbc.sql(INSERT)
            .param("id", person.id())
            .param("username", person.username())
            .param("displayName", person.displayName())
            .param("passwordHash", person.passwordHash())
            .param("demonstration", person.demonstration())
            .param("createdAt", utc(person.createdAt()))
            .update();
    if (inserted == 0) {
      return false;
    }
    addRights(person);
    return true;
  }

  /// Writes everything but id and username, over the version that was read.
  void update(Person person) {
    int updated =
        jdbc.sql(UPDATE)
            .param("id", person.id())
            .param("displayName", person.displayName())
            .param("passwordHash", person.passwordHash())
            .param("revokedAt", utc(person.revokedAt()))
            .param("version", person.version())
            .update();
    if (updated != 1) {
      throw new IllegalStateException(person + " changed under the administration's lock");
    }
    jdbc.sql(DROP_GRANTS).param("id", person.id()).update();
    jdbc.sql(DROP_LIMITS).param("id", person.id()).update();
    addRights(person);
  }

  void addGrant(int ledger, UUID person, Role role) {
    jdbc.sql(ADD_GRANT)
        .param("ledger", ledger)
        .param("id", person)
        .param("role", role.name())
        .update();
  }

  Optional<Limit> limit(UUID person, CurrencyCode currency) {
    return jdbc.sql(LIMIT)
        .param("id", person)
        .param("currency", currency.toString())
        .query(
            (row, number) ->
                new Limit(
                    currency,
                    row.getLong("refund_minor_units"),
                    row.getLong("approve_minor_units")))
        .optional();
  }

  void proposePassword(UUID id, String hash, Instant at) {
    jdbc.sql(PROPOSE_PASSWORD).param("id", id).param("hash", hash).param("at", utc(at)).update();
  }

  Optional<String> proposedPassword(UUID id) {
    return jdbc.sql(PROPOSED_PASSWORD).param("id", id).query(String.class).optional();
  }

  void dropProposedPassword(UUID id) {
    jdbc.sql(DROP_PROPOSED_PASSWORD).param("id", id).update();
  }

  private void addRights(Person person) {
    for (Map.Entry<Integer, Set<Role>> grant : person.grants().entrySet()) {
      grant.getValue().forEach(role -> addGrant(grant.getKey(), person.id(), role));
    }
    Collection<Limit> limits = person.limits();
    jdbc.sql(ADD_LIMITS)
        .param("id", person.id())
        .param(
            "currencies",
            limits.stream().map(it -> it.currency().toString()).toArray(String[]::new))
        .param("refunds", limits.stream().map(Limit::refundMinorUnits).toArray(Long[]::new))
        .param("approvals", limits.stream().map(Limit::approveMinorUnits).toArray(Long[]::new))
        .update();
  }

  private static Person person(ResultSet row, int number) throws SQLException {
    OffsetDateTime revokedAt = row.getObject("revoked_at", OffsetDateTime.class);
    return new Person(
        row.getObject("id", UUID.class),
        row.getString("username"),
        row.getString("display_name"),
        row.getString("password_hash"),
        row.getBoolean("demonstration"),
        RoleTexts.readGrants(row.getString("grants")),
        limits(row.getString("limits")),
        row.getLong("version"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        revokedAt == null ? null : revokedAt.toInstant());
  }

  private static List<Limit> limits(@Nullable String text) {
    if (text == null) {
      return List.of();
    }
    return Arrays.stream(text.split(",", -1))
        .map(limit -> limit.split(":", -1))
        .map(
            part ->
                new Limit(
                    CurrencyCode.of(part[0]), Long.parseLong(part[1]), Long.parseLong(part[2])))
        .toList();
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
    return instant == null ? null : OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}
