package io.countersign.server.reconciliation.statement;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The columns of a table by name, in whatever order. `Net Credit (NC)`, `net_credit_nc` and `NET
/// CREDIT NC` are one name.
final class TableHeader {

  static final TableHeader NONE = new TableHeader(List.of());

  private final List<String> names;
  private final Map<String, Integer> columns = new HashMap<>();
  private final Set<String> repeated = new HashSet<>();

  TableHeader(List<String> names) {
    this.names = List.copyOf(names);
    for (int i = 0; i < names.size(); i++) {
      String name = normalised(names.get(i));
      if (columns.putIfAbsent(name, i) != null) {
        repeated.add(name);
      }
    }
  }

  static String normalised(String name) {
    return name.toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}]+", "_")
        .replaceAll("^_+|_+$", "");
  }

  int size() {
    return names.size();
  }

  boolean has(String name) {
    return columns.containsKey(name);
  }

  boolean hasAll(String... wanted) {
    return Stream.of(wanted).allMatch(columns::containsKey);
  }

  boolean hasAny(String... wanted) {
    return Stream.of(wanted).anyMatch(columns::containsKey);
  }

  /// The position of the first of these columns that is there, from 0; −1 when none is. A column
  /// that is there twice is taken for none: it could be either.
  int find(String... wanted) {
    return Stream.of(wanted)
        .filter(name -> columns.containsKey(name) && !repeated.contains(name))
        .mapToInt(name -> columns.getOrDefault(name, -1))
        .findFirst()
        .orElse(-1);
  }

  /// As the file writes it.
  String written(int column) {
    return names.get(column);
  }

  /// All columns whose name ends like this.
  List<String> endingIn(String end) {
    return columns.keySet().stream().filter(name -> name.endsWith(end)).sorted().toList();
  }
}
