package io.countersign.server.database;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Tells PostgreSQL's failures apart by their SQLSTATE (PostgreSQL manual, appendix A).
public final class Failures {

  private Failures() {}

  /// Whether the whole transaction was undone and may simply be run again.
  public static boolean undoneWhole(Throwable failure) {
    if (failure instanceof RunAgain) {
      return true;
    }
    return switch (sqlState(failure)) {
      case "40001", "40P01" -> true;
      case null, default -> false;
    };
  }

  /// Whether a lock was not granted within `lock_timeout` (55P03).
  public static boolean lockNotGranted(Throwable failure) {
    return "55P03".equals(sqlState(failure));
  }

  public static @Nullable String sqlState(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState();
      }
    }
    return null;
  }
}
