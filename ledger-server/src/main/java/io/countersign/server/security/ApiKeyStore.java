package io.countersign.server.security;

import io.countersign.server.api.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class ApiKeyStore {

  /// A key that is good now.
  record ValidKey(Caller caller, @Nullable Instant expiresAt) {}

  private static final String CLIENT =
      """
      INSERT INTO security.api_client (ledger_id, id, name) VALUES (:ledger, :id, :name)
      ON CONFLICT (ledger_id, name) DO NOTHING
      """;
  private static final String CLIENT_ID =
      "SELECT id FROM security.api_client WHERE ledger_id = :ledger AND name = :name";
  private static final String CLIENT_NAMED =
      "SELECT count(*) FROM security.api_client WHERE name = :name";
  private static final String INSERT =
      """
      INSERT INTO security.api_key
          (ledger_id, id, client_id, roles, secret_hash, created_at, expires_at)
      VALUES (:ledger, :id, :client, :roles, :hash, :createdAt, :expiresAt)
      """;
  private static final String SELECT =
      """
      SELECT k.ledger_id, k.id, k.client_id, c.name, k.roles, k.created_at, k.expires_at,
             k.revoked_at,
             (SELECT string_agg(g.ledger_id || ':' || g.role, ',') FROM security.api_key_grant g
              WHERE g.key_id = k.id) AS others
      FROM security.api_key k
      JOIN security.api_client c ON c.ledger_id = k.ledger_id AND c.id = k.client_id
      """;
  private static final String VALID =
      SELECT
          + """
          WHERE k.secret_hash = :hash AND k.revoked_at IS NULL
            AND (k.expires_at IS NULL OR k.expires_at > :now)
          """;
  private static final String CONCERNS =
      """
      (k.ledger_id IN (:ledgers) OR EXISTS (SELECT 1 FROM security.api_key_grant g
          WHERE g.key_id = k.id AND g.ledger_id IN (:ledgers)))
      """;
  private static final String BY_ID =
      SELECT + "WHERE k.id = :id AND " + CONCERNS + " FOR UPDATE OF k";
  private static final String PAGE =
      SELECT
          + "WHERE "
          + CONCERNS
          + """
             AND k.id > :after ORDER BY k.id LIMIT :limit
          """;
  private static final String CHANGE =
      """
      UPDATE security.api_key
      SET client_id = :client, roles = :roles, expires_at = :expiresAt, revoked_at = :revokedAt
      WHERE ledger_id = :ledger AND id = :id
      """;

  private static final String DROP_GRANTS = "DELETE FROM security.api_key_grant WHERE key_id = :id";
  private static final String ADD_GRANT =
      "INSERT INTO security.api_key_grant (ledger_id, key_id, role) VALUES (:ledger, :id, :role)";

  private final JdbcClient jdbc;

  ApiKeyStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// The client of this name on a ledger, made with the id `fresh` when there is none.
  UUID client(int ledger, String name, UUID fresh) {
    jdbc.sql(CLIENT).param("ledger", ledger).param("id", fresh).param("name", name).update();
    return jdbc.sql(CLIENT_ID)
        .param("ledger", ledger)
        .param("name", name)
        .query(UUID.class)
        .single();
  }

  boolean hasClientNamed(String name) {
    return jdbc.sql(CLIENT_NAMED).param("name", name).query(Long.class).single() > 0;
  }

  void insert(ApiKeyRow key, byte[] hash) {
    jdbc.sql(INSERT)
        .param("ledger", key.ledger())
        .param("id", key.id())
        .param("client", key.client())
        .param("roles", RoleTexts.write(key.roles()))
        .param("hash", hash)
        .param("createdAt", utc(key.createdAt()))
        .param("expiresAt", utc(key.expiresAt()))
        .update();
    addGrants(key);
  }

  private void addGrants(ApiKeyRow key) {
    key.others()
        .forEach(
            (ledger, roles) ->
                roles.forEach(
                    role ->
                        jdbc.sql(ADD_GRANT)
                            .param("ledger", ledger)
                            .param("id", key.id())
                            .param("role", role.name())
                            .update()));
  }

  Optional<ValidKey> valid(byte[] hash, Instant now) {
    return jdbc.sql(VALID)
        .param("hash", hash)
        .param("now", utc(now))
        .query(ApiKeyStore::key)
        .optional()
        .map(key -> new ValidKey(caller(key), key.expiresAt()));
  }

  /// Locks the key's row.
  ///
  /// @param ledgers one of which must be among the key's
  Optional<ApiKeyRow> byId(UUID id, Collection<Integer> ledgers) {
    return jdbc.sql(BY_ID)
        .param("id", id)
        .param("ledgers", ledgers)
        .query(ApiKeyStore::key)
        .optional();
  }

  List<ApiKeyRow> page(Collection<Integer> ledgers, UUID after, int limit) {
    return jdbc.sql(PAGE)
        .param("ledgers", ledgers)
        .param("after", after)
        .param("limit", limit)
        .query(ApiKeyStore::key)
        .list();
  }

  void change(ApiKeyRow key) {
    int changed =
        jdbc.sql(CHANGE)
            .param("client", key.client())
            .param("roles", RoleTexts.write(key.roles()))
            .param("expiresAt", utc(key.expiresAt()))
            .param("revokedAt", utc(key.revokedAt()))
            .param("ledger", key.ledger())
            .param("id", key.id())
            .update();
    if (changed != 1) {
      throw new IllegalStateException("the locked API key " + key.id() + " is gone");
    }
    jdbc.sql(DROP_GRANTS).param("id", key.id()).update();
    addGrants(key);
  }

  private static Caller caller(ApiKeyRow key) {
    return new Caller(key.client(), key.name(), Caller.Kind.CLIENT, key.id(), key.grants());
  }

  private static ApiKeyRow key(ResultSet row, int number) throws SQLException {
    return new ApiKeyRow(
        row.getInt("ledger_id"),
        row.getObject("id", UUID.class),
        row.getObject("client_id", UUID.class),
        row.getString("name"),
        RoleTexts.read(row.getString("roles")),
        RoleTexts.readGrants(row.getString("others")),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row, "expires_at"),
        instant(row, "revoked_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
    return instant == null ? null : OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}
