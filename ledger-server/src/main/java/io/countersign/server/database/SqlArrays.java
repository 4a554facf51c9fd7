package io.countersign.server.database;

import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Columns of many rows as arrays for `unnest`, as text: the statement casts them to their type.
public final class SqlArrays {

  private SqlArrays() {}

  public static <T> @Nullable String[] texts(
      Collection<T> rows, Function<T, @Nullable Object> column) {
    @Nullable String[] texts = new @Nullable String[rows.size()];
    int index = 0;
    for (T row : rows) {
      Object value = column.apply(row);
      texts[index++] = value == null ? null : value.toString();
    }
    return texts;
  }

  public static @Nullable String[] texts(Collection<?> values) {
    return texts(values, value -> value);
  }

  /// Binary columns, as they are.
  public static <T> byte[][] bytes(Collection<T> rows, Function<T, byte[]> column) {
    return rows.stream().map(column).toArray(byte[][]::new);
  }
}
