package io.countersign.server.api;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads values of query parameters, with a refusal that names the parameter.
public final class QueryValues {

  private QueryValues() {}

  /// @return what `parse` makes of the text, or null when there is none
  /// @throws ProblemException `invalid-request` when `parse` refuses it
  public static <T> @Nullable T optional(
      String parameter, @Nullable String text, Function<String, T> parse) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      throw Problems.invalidRequest(parameter, "'" + text + "' is not a value it takes")
          .asException();
    }
  }
}
