package io.countersign.server.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// An operation with its one final outcome, as its client saw it.
///
/// @param invoked before it was sent for the first time
/// @param answered after its final answer was there
/// @param text the answer as it came; of a batch's item, its transaction or problem
/// @param body the same, read
record Observed(
    Operation operation,
    Instant invoked,
    Instant answered,
    int status,
    String text,
    JsonNode body) {

  boolean accepted() {
    return status < 300;
  }

  String problem() {
    return body.path("type").asString("").replace("/problems/", "");
  }

  /// The id of the transaction that it made; null when it made none.
  @Nullable String transaction() {
    if (!accepted()) {
      return null;
    }
    return switch (operation) {
      case Operation.Post post -> body.path("id").asString("");
      case Operation.Reverse reverse -> body.path("id").asString("");
      case Operation.Hold hold -> body.path("transactions").path(0).asString("");
      case Operation.Capture capture -> body.path("transactions").path(1).asString("");
      case Operation.Release release -> body.path("transactions").path(1).asString("");
      case Operation.Batch batch -> null;
      case Operation.Status status -> null;
      case Operation.Close close -> null;
      case Operation.Reopen reopen -> null;
      case Operation.Agree agree -> null;
    };
  }

  /// The id of the hold that it opened; null for everything else.
  @Nullable String hold() {
    return accepted() && operation instanceof Operation.Hold ? body.path("id").asString("") : null;
  }

  /// Whether this was under way at some moment of the time given.
  boolean overlaps(Instant from, Instant to) {
    return invoked.isBefore(to) && answered.isAfter(from);
  }
}
