package io.countersign.server.kept;

import io.countersign.server.database.Credentials;
import io.countersign.server.database.Database;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.flywaydb.core.Flyway;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/// All rows of a database as text, in gzip, and back: the tables of every feature in COPY's form,
/// their histories of migrations among them, and the sequences. What makes the tables are the
/// migrations themselves, up to the versions in those histories.
///
/// ```
/// table journal.hold (ledger_id,id,…)
/// 1	0199c0de-…
/// \.
/// sequence journal.transaction_sequence 43 t
/// ```
final class DatabaseCopy {

  private static final String HISTORY = "migration";
  private static final String END = "\\.";

  private static final String TABLES =
      """
      SELECT table_schema || '.' || table_name AS name,
        string_agg(column_name, ',' ORDER BY ordinal_position) AS columns
      FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
      WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')
      GROUP BY table_schema, table_name ORDER BY table_schema, table_name
      """;

  private static final String SEQUENCES =
      "SELECT schemaname || '.' || sequencename AS name FROM pg_catalog.pg_sequences ORDER BY 1";

  private record Table(String name, String columns, List<String> rows) {

    String feature() {
      return name.substring(0, name.indexOf('.'));
    }

    boolean isHistory() {
      return name.endsWith("." + HISTORY);
    }

    // Columns in the order of Flyway's table: installed_rank, version, …, installed_on, ….
    List<String> values(String column) {
      int index = List.of(columns.split(",", -1)).indexOf(column);
      return rows.stream().map(row -> row.split("\t", -1)[index]).toList();
    }
  }

  private final List<Table> tables = new ArrayList<>();
  private final List<String> sequences = new ArrayList<>();

  private DatabaseCopy() {}

  /// @param connection of a role that may read everything; what is written is of one instant
  static void write(Connection connection, OutputStream out) throws SQLException, IOException {
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    CopyManager copying = connection.unwrap(PGConnection.class).getCopyAPI();
    try (var zipped = new GZIPOutputStream(out);
        Statement statement = connection.createStatement()) {
      for (Map.Entry<String, String> table : pairs(statement, TABLES).entrySet()) {
        String columns = "(" + table.getValue() + ")";
        line(zipped, "table " + table.getKey() + " " + columns);
        copying.copyOut("COPY " + table.getKey() + " " + columns + " TO STDOUT", zipped);
        line(zipped, END);
      }
      for (String sequence : pairs(statement, SEQUENCES).keySet()) {
        try (ResultSet row =
            statement.executeQuery("SELECT last_value, is_called FROM " + sequence)) {
          row.next();
          line(zipped, "sequence " + sequence + " " + row.getLong(1) + " " + row.getString(2));
        }
      }
    }
    connection.rollback();
  }

  static DatabaseCopy read(InputStream in) throws IOException {
    DatabaseCopy copy = new DatabaseCopy();
    var lines =
        new BufferedReader(new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("sequence ")) {
        copy.sequences.add(line);
        continue;
      }
      String[] words = line.split(" ", 3);
      List<String> rows = new ArrayList<>();
      for (String row = lines.readLine(); !END.equals(row); row = lines.readLine()) {
        rows.add(Objects.requireNonNull(row, "the file ends within " + line));
      }
      copy.tables.add(new Table(words[1], words[2].substring(1, words[2].length() - 1), rows));
    }
    return copy;
  }

  /// How many rows each table has.
  Map<String, Integer> counts() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    tables.forEach(table -> counts.put(table.name(), table.rows().size()));
    return counts;
  }

  /// Makes an empty database what the copied one was.
  ///
  /// @param connection to that database, of a superuser: rows come without their triggers
  void restore(Database database, Connection connection) throws SQLException, IOException {
    tables.stream()
        .filter(Table::isHistory)
        .sorted(Comparator.comparing(history -> history.values("installed_on").getFirst()))
        .forEach(history -> migrate(database, history));
    CopyManager copying = connection.unwrap(PGConnection.class).getCopyAPI();
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET session_replication_role = replica");
      for (Table table : tables) {
        statement.execute("DELETE FROM " + table.name());
        String text = String.join("\n", table.rows()) + (table.rows().isEmpty() ? "" : "\n");
        copying.copyIn(
            "COPY " + table.name() + " (" + table.columns() + ") FROM STDIN",
            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
      }
      for (String sequence : sequences) {
        String[] words = sequence.split(" ", -1);
        statement.execute("SELECT setval('%s', %s, '%s')".formatted(words[1], words[2], words[3]));
      }
    }
  }

  private static void migrate(Database database, Table history) {
    Credentials owner = Objects.requireNonNull(database.owner());
    List<String> versions =
        history.values("version").stream().filter(it -> !it.equals("\\N")).toList();
    Flyway.configure()
        .dataSource(database.url(), owner.user(), owner.password())
        .locations("classpath:db/migration/" + history.feature())
        .schemas(history.feature())
        .defaultSchema(history.feature())
        .table(HISTORY)
        .placeholders(Map.of("app", database.application().user()))
        .target(versions.getLast())
        .load()
        .migrate();
  }

  private static Map<String, String> pairs(Statement statement, String sql) throws SQLException {
    Map<String, String> pairs = new LinkedHashMap<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      int last = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        pairs.put(rows.getString(1), rows.getString(last));
      }
    }
    return pairs;
  }

  private static void line(OutputStream out, String text) throws IOException {
    out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
