package io.countersign.server.api;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One page of a list that is read by keyset, never by offset.
///
/// @param next what to send as `after` for the page that follows; null on the last one
public record Page<T>(List<T> items, @Nullable String next) {

  /// Makes a page from one row more than was asked for, which tells whether another page follows.
  ///
  /// @param cursor the sort key of an item, as [Cursor] writes it
  public static <T> Page<T> of(List<T> rows, int limit, Function<T, String> cursor) {
    if (rows.size() <= limit) {
      return new Page<>(List.copyOf(rows), null);
    }
    List<T> items = List.copyOf(rows.subList(0, limit));
    return new Page<>(items, cursor.apply(items.getLast()));
  }

  public <R> Page<R> map(Function<T, R> mapping) {
    return new Page<>(items.stream().map(mapping).toList(), next);
  }
}
