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

  /// Whether a COMMIT that failed so has surely not happened: PostgreSQL itself refused it, for a
  /// serialisation failure, a deferred constraint or an earlier error. Every other failure, from a
  /// lost connection to a server being shut down, may come after the fact.
  static boolean commitRefused(Throwable failure) {
    String state = sqlState(failure);
    if (state == null || state.length() < 2) {
      return false;
    }
    return switch (state.substring(0, 2)) {
      case "22", "23", "25", "40", "44", "55", "P0" -> true;
      default -> false;
    };
  }

  /// Whether the connection, or the database behind it, was lost (classes 08 and 57P), or
  /// PostgreSQL ended a session that stood still within a transaction (25P03, 25P04).
  public static boolean connectionLost(Throwable failure) {
    String state = sqlState(failure);
    return state == null
        ? isOnLostConnection(failure)
        : state.startsWith("08")
            || state.startsWith("57P")
            || state.equals("25P03")
            || state.equals("25P04");
  }

  /// Whether anything of the database's is behind it, whatever class wraps it.
  static boolean isOfDatabase(Throwable failure) {
    return sqlCause(failure) != null;
  }

  // A pooled connection that was lost before says only this, with no state, to whoever goes on.
  private static boolean isOnLostConnection(Throwable failure) {
    SQLException cause = sqlCause(failure);
    return cause != null && "Connection is closed".equals(cause.getMessage());
  }

  private static @Nullable SQLException sqlCause(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
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
