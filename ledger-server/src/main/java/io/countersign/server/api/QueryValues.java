package io.countersign.server.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads values of query parameters, with a refusal that names the parameter.
public final class QueryValues {

  private static final int YEAR_MAX = 9999;
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant TOO_LATE = Instant.parse("+10000-01-01T00:00:00Z");

  private QueryValues() {}

  /// @return what `parse` makes of the text, or null when there is none
  /// @throws ProblemException `invalid-request` when `parse` refuses it
  public static <T> @Nullable T optional(
      String parameter, @Nullable String text, Function<String, T> parse) {
    T value = unbounded(parameter, text, parse);
    if (value != null && !isStorable(value)) {
      throw refused(parameter, text);
    }
    return value;
  }

  /// As [#optional], also for times that the database cannot keep: for callers who compare them
  /// first.
  public static <T> @Nullable T unbounded(
      String parameter, @Nullable String text, Function<String, T> parse) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
      throw refused(parameter, text);
    }
  }

  private static RuntimeException refused(String parameter, @Nullable String text) {
    return Problems.invalidRequest(parameter, "'" + text + "' is not a value it takes")
        .asException();
  }

  // Java's times reach further than the database's; a year has four digits here, as in bodies.
  private static boolean isStorable(Object value) {
    return switch (value) {
      case LocalDate day -> day.getYear() >= 1 && day.getYear() <= YEAR_MAX;
      case Instant instant -> !instant.isBefore(EARLIEST) && instant.isBefore(TOO_LATE);
      default -> true;
    };
  }
}
