package io.countersign.console.client;

import io.countersign.client.CallInterrupted;
import io.countersign.client.NoAnswer;
import io.countersign.client.ProblemAnswer;

/// Why a task came to nothing, in words for whoever asked for it.
///
/// @param slug of the server's problem; empty when it is not the server's
/// @param settled whether it is certain that nothing was done, and nothing will be
public record Failure(Kind kind, String slug, String message, boolean settled) {

  /// Told apart because they call for different things.
  public enum Kind {
    /// The server refused: something about the request must change.
    REFUSED,
    /// No connection: it will pass, and may have happened.
    UNREACHABLE,
    /// The session has ended.
    SIGNED_OUT,
    CANCELLED,
    /// A mistake of the console's.
    BUG
  }

  public static Failure of(ProblemAnswer refused) {
    Kind kind =
        refused.status() == 401
            ? Kind.SIGNED_OUT
            : refused.status() == 503 ? Kind.UNREACHABLE : Kind.REFUSED;
    StringBuilder message = new StringBuilder(String.valueOf(refused.getMessage()));
    Object changes = refused.problem().members().get("changes");
    if (changes != null) {
      message.append(" Changed: ").append(changes);
    }
    boolean settled = refused.status() < 500 && !refused.is("idempotency-key-in-use");
    return new Failure(kind, refused.slug(), message.toString(), settled);
  }

  public static Failure of(NoAnswer silence) {
    return new Failure(
        Kind.UNREACHABLE,
        "",
        "The server did not answer. What was asked may have been done all the same; asking again"
            + " does not do it twice.",
        false);
  }

  public static Failure of(CallInterrupted interrupted) {
    return new Failure(Kind.CANCELLED, "", "Cancelled.", false);
  }

  public static Failure of(RuntimeException bug) {
    return new Failure(
        Kind.BUG,
        "",
        "The console could not make sense of this (" + bug.getMessage() + ").",
        false);
  }
}
