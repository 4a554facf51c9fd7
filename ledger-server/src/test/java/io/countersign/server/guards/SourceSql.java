package io.countersign.server.guards;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A piece of SQL as it stands in a source file.
///
/// @param file relative to the module
record SourceSql(Path file, String text) {

  private static final Path JAVA = Path.of("src/main/java");
  private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

  private static final Pattern STRING =
      Pattern.compile("\"\"\"\\R(.*?)\"\"\"|\"((?:\\\\.|[^\"\\\\\\n])*)\"", Pattern.DOTALL);

  boolean armour() {
    return file.toString().endsWith("__postgresql_armour.sql");
  }

  /// Every string of the server's code, SQL or not: what is none of it matches no rule.
  static List<SourceSql> inCode() {
    return files(JAVA, ".java").flatMap(SourceSql::strings).toList();
  }

  static List<SourceSql> inMigrations() {
    return files(MIGRATIONS, ".sql")
        .map(file -> new SourceSql(file, withoutLines(file, "--")))
        .toList();
  }

  static Stream<SourceSql> strings(Path file) {
    return strings(file, withoutLines(file, "//"));
  }

  static Stream<SourceSql> strings(Path file, String code) {
    return STRING
        .matcher(code)
        .results()
        .map(found -> found.group(1) != null ? found.group(1) : found.group(2))
        .map(text -> new SourceSql(file, text));
  }

  private static String withoutLines(Path file, String comment) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> !line.strip().startsWith(comment))
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> files(Path root, String ending) {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(path -> path.toString().endsWith(ending)).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
