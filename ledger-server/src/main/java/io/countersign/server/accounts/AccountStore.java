package io.countersign.server.accounts;

import io.countersign.model.CurrencyCode;
import io.countersign.model.WireName;
import io.countersign.model.accounts.AccountStatus;
import io.countersign.model.accounts.AccountType;
import io.countersign.server.database.SqlArrays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

@Component
class AccountStore {

  private static final String INSERT =
      """
      INSERT INTO accounts.account
        (ledger_id, id, code, name, type, currency, minimum_balance, status, metadata, created_at)
      VALUES (:ledger, :id, :code, :name, :type, :currency, :minimum, 'open', :metadata::jsonb, :at)
      ON CONFLICT (ledger_id, code) DO NOTHING
      """;
  // One look-up in an index each, whatever the planner thinks of the table's size: OFFSET 0 keeps
  // it from reading all of the chart instead.
  private static final String BY_CODE =
      """
      SELECT found.*
      FROM unnest(:codes::text[]) AS asked (code)
      CROSS JOIN LATERAL (
        SELECT id, code, name, type, currency, minimum_balance, status, metadata
        FROM accounts.account a
        WHERE a.ledger_id = :ledger AND a.code = asked.code COLLATE "C" OFFSET 0
      ) found
      """;
  private static final String BY_ID =
      """
      SELECT id, code, name, type, currency, minimum_balance, status, metadata
      FROM accounts.account WHERE ledger_id = :ledger AND id = ANY(:ids::uuid[])
      """;
  // In the order of the ids, so that two appends over the same accounts never wait for each other.
  private static final String LOCK =
      """
      SELECT locked.id
      FROM (SELECT id FROM unnest(:ids::uuid[]) AS given (id) ORDER BY id) asked
      CROSS JOIN LATERAL (
        SELECT a.id FROM accounts.account a
        WHERE a.ledger_id = :ledger AND a.id = asked.id FOR NO KEY UPDATE
      ) locked
      """;
  private static final String PAGE =
      """
      SELECT id, code, name, type, currency, minimum_balance, status, metadata
      FROM accounts.account
      WHERE ledger_id = :ledger AND code > :after
        AND (:prefix = '' OR (code >= :prefix AND code < :prefixEnd))
        AND (:type::text IS NULL OR type = :type)
        AND (:status::text IS NULL OR status = :status)
      ORDER BY code LIMIT :rows
      """;
  private static final String SET_STATUS =
      """
      UPDATE accounts.account SET status = :to
      WHERE ledger_id = :ledger AND id = :id AND status = :from
      """;
  private static final TypeReference<Map<String, @Nullable Object>> METADATA =
      new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final JsonMapper json;

  AccountStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  boolean insert(int ledger, AccountRow account, Instant at) {
    return jdbc.sql(INSERT)
            .param("ledger", ledger)
            .param("id", account.id())
            .param("code", account.code())
            .param("name", account.name())
            .param("type", account.type().name())
            .param("currency", account.currency().toString())
            .param("minimum", account.minimumBalance())
            .param("metadata", json.writeValueAsString(account.metadata()))
            .param("at", OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
            .update()
        == 1;
  }

  List<AccountRow> byCodes(int ledger, Collection<String> codes) {
    return jdbc.sql(BY_CODE)
        .param("ledger", ledger)
        .param("codes", SqlArrays.texts(codes))
        .query(this::account)
        .list();
  }

  List<AccountRow> byIds(int ledger, Collection<UUID> ids) {
    return jdbc.sql(BY_ID)
        .param("ledger", ledger)
        .param("ids", SqlArrays.texts(ids))
        .query(this::account)
        .list();
  }

  Optional<AccountRow> byCode(int ledger, String code) {
    return byCodes(ledger, List.of(code)).stream().findFirst();
  }

  void lock(int ledger, Collection<UUID> ids) {
    jdbc.sql(LOCK)
        .param("ledger", ledger)
        .param("ids", SqlArrays.texts(ids))
        .query(UUID.class)
        .list();
  }

  List<AccountRow> page(int ledger, AccountFilter filter, String after, int rows) {
    return jdbc.sql(PAGE)
        .param("ledger", ledger)
        .param("after", after)
        .param("prefix", filter.prefix())
        // Codes are ASCII, so everything that starts with the prefix sorts before this.
        .param("prefixEnd", filter.prefix() + '\u007f')
        .param("type", filter.type() == null ? null : filter.type().name())
        .param("status", filter.status() == null ? null : filter.status().wire())
        .param("rows", rows)
        .query(this::account)
        .list();
  }

  boolean setStatus(int ledger, UUID id, AccountStatus from, AccountStatus to) {
    return jdbc.sql(SET_STATUS)
            .param("to", to.wire())
            .param("ledger", ledger)
            .param("id", id)
            .param("from", from.wire())
            .update()
        == 1;
  }

  private AccountRow account(ResultSet row, int number) throws SQLException {
    return new AccountRow(
        row.getObject("id", UUID.class),
        row.getString("code"),
        row.getString("name"),
        AccountType.valueOf(row.getString("type")),
        CurrencyCode.of(row.getString("currency")),
        row.getObject("minimum_balance", Long.class),
        WireName.parse(AccountStatus.class, row.getString("status")),
        metadata(row.getString("metadata")));
  }

  private Map<String, @Nullable Object> metadata(String text) {
    return "{}".equals(text) ? Map.of() : json.readValue(text, METADATA);
  }
}
