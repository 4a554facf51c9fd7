package io.countersign.server.journal;

import io.countersign.server.api.Problems;
import java.time.DateTimeException;
import java.time.YearMonth;

/// Reads months from paths: what is no month names nothing, so it is not found.
public final class PeriodPaths {

  private PeriodPaths() {}

  /// @param text such as `2026-10`
  /// @throws io.countersign.server.api.ProblemException 404 `not-found`
  public static YearMonth read(String text) {
    try {
      return YearMonth.parse(text);
    } catch (DateTimeException e) {
      throw Problems.notFound("period '" + text + "'").asException();
    }
  }
}
