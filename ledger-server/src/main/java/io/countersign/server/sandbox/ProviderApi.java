package io.countersign.server.sandbox;

import io.countersign.server.sandbox.Operation.Kind;
import io.countersign.server.sandbox.Operation.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What clients of the acquirer call: send, look up and cancel charges and refunds.
final class ProviderApi {

  private static final Duration SLOW = Duration.ofMillis(800);

  /// An operation as clients see it.
  record View(
      String kind,
      String key,
      String reference,
      String status,
      @Nullable String declineCode,
      Amount amount,
      @Nullable String chargeKey,
      Instant at) {

    static View of(Operation operation) {
      return new View(
          operation.kind() == Kind.CHARGE ? "charge" : "refund",
          operation.key(),
          operation.reference(),
          status(operation),
          operation.declineCode(),
          operation.amount(),
          operation.chargeKey(),
          operation.at());
    }

    /// As it was told before its outcome was known.
    static View pending(Operation operation) {
      View now = of(operation);
      return new View(
          now.kind, now.key, now.reference, "pending", null, now.amount, now.chargeKey, now.at);
    }

    private static String status(Operation operation) {
      return switch (operation.state()) {
        case RECEIVED -> throw new IllegalStateException("nobody is told of what had no effect");
        case DONE -> operation.kind() == Kind.CHARGE ? "charged" : "refunded";
        case DECLINED -> "declined";
        case CANCELLED -> "cancelled";
      };
    }
  }

  /// @param amount what the cancelled operation was to move, for the record
  record CancelBody(@Nullable Amount amount) {}

  private final AcquirerBooks books;

  ProviderApi(AcquirerBooks books) {
    this.books = books;
  }

  Reaction submit(Order order) {
    Operation operation = books.submit(order);
    if (operation.state() == State.CANCELLED) {
      return Reaction.json(409, View.of(operation));
    }
    return switch (operation.token().manner()) {
      case ANSWERS -> outcome(operation);
      case ANSWERS_SLOWLY -> new Reaction.After(SLOW, outcome(operation));
      case DROPS -> new Reaction.Drop();
      case HANGS -> new Reaction.Hang();
    };
  }

  private static Reaction outcome(Operation operation) {
    return switch (operation.state()) {
      case RECEIVED ->
          Reaction.json(
              503, Map.of("error", "unavailable", "detail", "try again under the same key"));
      case DECLINED -> Reaction.json(402, View.of(operation));
      case DONE, CANCELLED -> Reaction.json(201, View.of(operation));
    };
  }

  /// Says with authority that a key has had no effect, or what it had.
  Reaction lookUp(Kind kind, String key) {
    Optional<Operation> known = books.find(kind, key);
    if (known.isPresent() && !known.get().token().lookupsAnswer()) {
      return new Reaction.Hang();
    }
    return known
        .filter(Operation::isFinal)
        .<Reaction>map(operation -> Reaction.json(200, View.of(operation)))
        .orElseGet(() -> noSuch(kind, key));
  }

  private static Reaction noSuch(Kind kind, String key) {
    String error = kind == Kind.CHARGE ? "no_such_charge" : "no_such_refund";
    return Reaction.json(404, Map.of("error", error, "key", key));
  }

  Reaction cancel(Kind kind, String key, CancelBody body) {
    Amount amount = Order.payable(body.amount());
    Optional<Operation> known = books.find(kind, key);
    if (known.isPresent() && !known.get().token().lookupsAnswer()) {
      return new Reaction.Hang();
    }
    Operation operation = books.cancel(kind, key, amount);
    return Reaction.json(operation.state() == State.CANCELLED ? 200 : 409, View.of(operation));
  }
}
