package io.countersign.server.reconciliation;

import io.countersign.model.CurrencyCode;
import io.countersign.model.WireName;
import io.countersign.model.reconciliation.BusinessCalendar;
import io.countersign.model.reconciliation.SourceKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class SourceStore {

  private static final String INSERT =
      """
      INSERT INTO reconciliation.source
        (ledger_id, code, name, kind, settlement_days, calendar, time_zone, cut_off, format, folder,
         schedule, next_fetch_at, version, created_at)
      VALUES (:ledger, :code, :name, :kind, :days, :calendar, :zone, :cutOff, :format, :folder,
        :schedule, :nextFetchAt, 0, :at)
      ON CONFLICT (ledger_id, code) DO NOTHING
      """;
  private static final String INSERT_ACCOUNT =
      """
      INSERT INTO reconciliation.source_account
        (ledger_id, id, source, position, currency, ledger_account, books_account, bank_account,
         mirrored_through)
      VALUES (:ledger, :id, :source, :position, :currency, :account, :books, :bank, 0)
      """;
  private static final String SOURCES =
      """
      SELECT code, name, kind, settlement_days, calendar, time_zone, cut_off, format, folder, schedule,
             next_fetch_at, version, created_at
      FROM reconciliation.source
      WHERE ledger_id = :ledger AND (:code::text IS NULL OR code = :code) AND code > :after
      ORDER BY code LIMIT :rows
      """;
  private static final String ACCOUNTS =
      """
      SELECT id, source, currency, ledger_account, books_account, bank_account, mirrored_through
      FROM reconciliation.source_account
      WHERE ledger_id = :ledger AND (:source::text IS NULL OR source = :source)
      ORDER BY source, position
      """;
  private static final String LOCK =
      """
      SELECT version FROM reconciliation.source
      WHERE ledger_id = :ledger AND code = :code FOR NO KEY UPDATE
      """;
  private static final String BUMP =
      """
      UPDATE reconciliation.source SET version = version + 1
      WHERE ledger_id = :ledger AND code = :code
      """;
  private static final String LEARN =
      """
      UPDATE reconciliation.source_account SET bank_account = :bank
      WHERE ledger_id = :ledger AND id = :id AND bank_account IS NULL
      """;
  private static final String MIRRORED =
      """
      UPDATE reconciliation.source_account SET mirrored_through = :through
      WHERE ledger_id = :ledger AND id = :id AND mirrored_through < :through
      """;
  private static final String DUE =
      """
      SELECT ledger_id, code FROM reconciliation.source
      WHERE next_fetch_at IS NOT NULL AND next_fetch_at <= :now ORDER BY next_fetch_at
      """;
  private static final String ALL =
      "SELECT ledger_id, code FROM reconciliation.source ORDER BY ledger_id, code";
  private static final String POSTPONE =
      """
      UPDATE reconciliation.source SET next_fetch_at = :next
      WHERE ledger_id = :ledger AND code = :code AND next_fetch_at = :seen
      """;

  /// A source of some ledger.
  record Named(int ledger, String code) {}

  private final JdbcClient jdbc;

  SourceStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// @return whether the code was free
  boolean insert(int ledger, SourceRow source) {
    boolean inserted =
        jdbc.sql(INSERT)
                .param("ledger", ledger)
                .param("code", source.code())
                .param("name", source.name())
                .param("kind", source.kind().wire())
                .param("days", source.settlementDays())
                .param("calendar", source.calendar().name())
                .param("zone", source.zone().getId())
                .param("cutOff", source.cutOff().toString())
                .param("format", source.format())
                .param("folder", source.folder())
                .param("schedule", source.schedule())
                .param("nextFetchAt", utc(source.nextFetchAt()))
                .param("at", utc(source.createdAt()))
                .update()
            == 1;
    if (inserted) {
      insertAccounts(ledger, source);
    }
    return inserted;
  }

  private void insertAccounts(int ledger, SourceRow source) {
    int position = 0;
    for (SourceAccountRow account : source.accounts()) {
      jdbc.sql(INSERT_ACCOUNT)
          .param("ledger", ledger)
          .param("id", account.id())
          .param("source", source.code())
          .param("position", position++)
          .param("currency", account.currency().toString())
          .param("account", account.ledgerAccount())
          .param("books", account.booksAccount())
          .param("bank", account.bankAccount())
          .update();
    }
  }

  Optional<SourceRow> find(int ledger, String code) {
    return sources(ledger, code, "", 1).stream().findFirst();
  }

  List<SourceRow> page(int ledger, String after, int rows) {
    return sources(ledger, null, after, rows);
  }

  private List<SourceRow> sources(int ledger, @Nullable String code, String after, int rows) {
    Map<String, List<SourceAccountRow>> accounts = accounts(ledger, code);
    return jdbc.sql(SOURCES)
        .param("ledger", ledger)
        .param("code", code)
        .param("after", after)
        .param("rows", rows)
        .query((row, number) -> source(row, accounts))
        .list();
  }

  private Map<String, List<SourceAccountRow>> accounts(int ledger, @Nullable String source) {
    Map<String, List<SourceAccountRow>> accounts = new HashMap<>();
    jdbc.sql(ACCOUNTS)
        .param("ledger", ledger)
        .param("source", source)
        .query(
            row -> {
              accounts
                  .computeIfAbsent(row.getString("source"), s -> new ArrayList<>())
                  .add(account(row));
            });
    return accounts;
  }

  /// Locks the source until the caller's transaction ends: whoever changes what a run reads does.
  ///
  /// @return its version
  long lock(int ledger, String code) {
    return jdbc.sql(LOCK).param("ledger", ledger).param("code", code).query(Long.class).single();
  }

  void bump(int ledger, String code) {
    jdbc.sql(BUMP).param("ledger", ledger).param("code", code).update();
  }

  void learn(int ledger, UUID account, String bankAccount) {
    jdbc.sql(LEARN)
        .param("ledger", ledger)
        .param("id", account)
        .param("bank", bankAccount)
        .update();
  }

  void mirrored(int ledger, UUID account, long through) {
    jdbc.sql(MIRRORED)
        .param("ledger", ledger)
        .param("id", account)
        .param("through", through)
        .update();
  }

  List<Named> due(Instant now) {
    return jdbc.sql(DUE).param("now", utc(now)).query(SourceStore::named).list();
  }

  List<Named> all() {
    return jdbc.sql(ALL).query(SourceStore::named).list();
  }

  /// @return whether nobody else has taken this fetch
  boolean postpone(int ledger, String code, Instant seen, Instant next) {
    return jdbc.sql(POSTPONE)
            .param("ledger", ledger)
            .param("code", code)
            .param("seen", utc(seen))
            .param("next", utc(next))
            .update()
        == 1;
  }

  private static Named named(ResultSet row, int number) throws SQLException {
    return new Named(row.getInt("ledger_id"), row.getString("code"));
  }

  private static SourceRow source(ResultSet row, Map<String, List<SourceAccountRow>> accounts)
      throws SQLException {
    OffsetDateTime nextFetchAt = row.getObject("next_fetch_at", OffsetDateTime.class);
    String code = row.getString("code");
    return new SourceRow(
        code,
        row.getString("name"),
        WireName.parse(SourceKind.class, row.getString("kind")),
        row.getInt("settlement_days"),
        BusinessCalendar.valueOf(row.getString("calendar")),
        ZoneId.of(row.getString("time_zone")),
        LocalTime.parse(row.getString("cut_off")),
        row.getString("format"),
        row.getString("folder"),
        row.getString("schedule"),
        nextFetchAt == null ? null : nextFetchAt.toInstant(),
        row.getLong("version"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        Objects.requireNonNull(accounts.getOrDefault(code, List.of())));
  }

  private static SourceAccountRow account(ResultSet row) throws SQLException {
    return new SourceAccountRow(
        row.getObject("id", UUID.class),
        CurrencyCode.of(row.getString("currency")),
        row.getString("ledger_account"),
        row.getObject("books_account", UUID.class),
        row.getString("bank_account"),
        row.getLong("mirrored_through"));
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
    return instant == null ? null : OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}
