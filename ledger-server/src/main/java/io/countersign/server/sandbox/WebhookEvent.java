package io.countersign.server.sandbox;

import io.countersign.server.sandbox.Operation.Kind;
import io.countersign.server.sandbox.Operation.State;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// One event of an operation and when it is first sent.
///
/// @param twice whether it is sent again after it was taken, as real senders do now and then
record WebhookEvent(String id, URI url, Instant dueAt, boolean twice, String body) {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration SECOND = Duration.ofMillis(1500);

  /// The events of a decided operation: for most `…pending`, then its outcome; for every third key
  /// the other way round; for every fourth key each of them twice.
  static List<WebhookEvent> of(Operation operation) {
    if (operation.webhookUrl() == null
        || operation.state() == State.CANCELLED
        || !operation.token().callsBack()) {
      return List.of();
    }
    String subject = operation.kind() == Kind.CHARGE ? "charge." : "refund.";
    String outcome = operation.state() == State.DONE ? "succeeded" : "declined";
    if (operation.token() == Token.TOK_LATE_WEBHOOK) {
      return List.of(event(operation, subject + outcome, Token.LATE_WEBHOOK));
    }
    boolean swapped = References.choose("order", operation.key(), 3) == 0;
    return List.of(
        event(operation, subject + "pending", swapped ? SECOND : FIRST),
        event(operation, subject + outcome, swapped ? FIRST : SECOND));
  }

  private static WebhookEvent event(Operation operation, String type, Duration delay) {
    String id = References.eventId(type, operation.key());
    Map<String, Object> body =
        Map.of(
            "id",
            id,
            "type",
            type,
            "timestamp",
            operation.at(),
            "data",
            type.endsWith(".pending")
                ? ProviderApi.View.pending(operation)
                : ProviderApi.View.of(operation));
    return new WebhookEvent(
        id,
        URI.create(String.valueOf(operation.webhookUrl())),
        operation.at().plus(delay),
        References.choose("twice", operation.key(), 4) == 0,
        Json.write(body));
  }

  /// Doubles from a second to a quarter of a minute; after ten minutes once a minute.
  static Duration pause(int attempts, Duration age) {
    if (age.compareTo(Duration.ofMinutes(10)) > 0) {
      return Duration.ofMinutes(1);
    }
    return Duration.ofSeconds(Math.min(15, 1L << Math.min(attempts - 1, 4)));
  }
}
