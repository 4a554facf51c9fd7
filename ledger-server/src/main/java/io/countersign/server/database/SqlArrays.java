package io.countersign.server.database;

import java.util.Collection;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Columns of many rows as arrays for `unnest`: numbers as they are, all else as text, which the
/// statement casts to its type.
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

  public static <T> Long[] longs(Collection<T> rows, ToLongFunction<T> column) {
    Long[] longs = new Long[rows.size()];
    int index = 0;
    for (T row : rows) {
      longs[index++] = column.applyAsLong(row);
    }
    return longs;
  }

  public static <T> Integer[] integers(Collection<T> rows, ToIntFunction<T> column) {
    Integer[] integers = new Integer[rows.size()];
    int index = 0;
    for (T row : rows) {
      integers[index++] = column.applyAsInt(row);
    }
    return integers;
  }

  /// Binary columns, as they are.
  public static <T> byte[][] bytes(Collection<T> rows, Function<T, byte[]> column) {
    return rows.stream().map(column).toArray(byte[][]::new);
  }
}
