package io.countersign.server.guards;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What PostgreSQL's catalog says about our schemas, as lists of findings.
record BooksCatalog(JdbcClient jdbc, String applicationRole) {

  private static final String NOT_KEYED_BY_LEDGER =
      """
      SELECT n.nspname || '.' || c.relname
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND c.relname <> 'migration'
        AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'public')
        AND n.nspname NOT LIKE 'pg\\_%'
        AND (NOT EXISTS (SELECT FROM pg_catalog.pg_index i
                         WHERE i.indrelid = c.oid AND i.indisprimary)
          OR EXISTS (SELECT FROM pg_catalog.pg_index i JOIN pg_catalog.pg_attribute a
                       ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
                     WHERE i.indrelid = c.oid AND i.indisunique AND a.attname <> 'ledger_id'))
      ORDER BY 1
      """;

  private static final String INEXACT_COLUMNS =
      """
      SELECT table_schema || '.' || table_name || '.' || column_name || ' ' || data_type
      FROM information_schema.columns
      WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_name <> 'migration'
        AND data_type IN ('real', 'double precision', 'money', 'timestamp without time zone')
      ORDER BY 1
      """;

  private static final String MAY = "SELECT has_table_privilege(?, ?, ?)";
  // Some tables let only those columns change that tell what became of a row.
  private static final String MAY_UPDATE = "SELECT has_any_column_privilege(?, ?, ?)";

  private static final Pattern CHANGE =
      Pattern.compile(
          "\\b(UPDATE|DELETE|TRUNCATE)\\s+(?:FROM\\s+|TABLE\\s+)?(?:ONLY\\s+)?([a-z_]+\\.[a-z_]+)");
  private static final Pattern UPSERT =
      Pattern.compile("\\bINSERT INTO\\s+([a-z_]+\\.[a-z_]+)(?s:[^;]*?)\\bDO UPDATE\\b");

  /// A kind of statement on a table.
  record Change(String privilege, String table) {}

  /// Tables without a primary key, or with a unique index that does not begin with `ledger_id`.
  List<String> tablesNotKeyedByLedger() {
    return jdbc.sql(NOT_KEYED_BY_LEDGER).query(String.class).list();
  }

  /// Columns that cannot hold money or an instant exactly.
  List<String> inexactColumns() {
    return jdbc.sql(INEXACT_COLUMNS).query(String.class).list();
  }

  /// The changes in this SQL that the application role may not make.
  List<Change> refusedChanges(String sql) {
    Stream<Change> changes =
        CHANGE.matcher(sql).results().map(m -> new Change(m.group(1), m.group(2)));
    Stream<Change> upserts =
        UPSERT.matcher(sql).results().map(m -> new Change("UPDATE", m.group(1)));
    return Stream.concat(changes, upserts).filter(c -> !may(c.privilege(), c.table())).toList();
  }

  boolean may(String privilege, String table) {
    return jdbc.sql(privilege.equals("UPDATE") ? MAY_UPDATE : MAY)
        .params(applicationRole, table, privilege)
        .query(Boolean.class)
        .single();
  }
}
