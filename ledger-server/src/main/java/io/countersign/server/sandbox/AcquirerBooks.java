package io.countersign.server.sandbox;

import io.countersign.server.sandbox.Operation.Kind;
import io.countersign.server.sandbox.Operation.State;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the acquirer did with every key it was sent, decided one at a time under one lock and on
/// disk before anyone is told.
final class AcquirerBooks implements AutoCloseable {

  private final Clock clock;
  private final Map<String, Operation> operations = new LinkedHashMap<>();
  private final Map<String, Long> refundedMinorUnits = new HashMap<>();
  private final Set<String> deliveredEvents = new HashSet<>();
  private final OperationLog log;
  private volatile Consumer<Operation> whenDecided = operation -> {};

  AcquirerBooks(Path file, Clock clock) {
    this.clock = clock;
    this.log = OperationLog.open(file, this::replay);
  }

  /// Tells of each operation from now on, once, when its final state is on disk.
  void whenDecided(Consumer<Operation> listener) {
    whenDecided = listener;
  }

  private void replay(OperationLog.Line line) {
    if (line.operation() != null) {
      remember(line.operation());
    }
    if (line.delivered() != null) {
      deliveredEvents.add(line.delivered());
    }
  }

  /// The first final outcome of a key is its only one: later sends get it again.
  ///
  /// @throws Refusal `key_reused` when the key stands for another request
  Operation submit(Order order) {
    Operation result;
    boolean decided = false;
    synchronized (this) {
      Operation known = operations.get(order.key());
      if (known != null && known.state() == State.CANCELLED && known.kind() == order.kind()) {
        result = known;
      } else if (known != null && !order.repeats(known)) {
        throw Refusal.keyReused(order.key());
      } else if (known != null && known.isFinal()) {
        result = known;
      } else {
        result = decide(order, known == null ? 1 : known.sends() + 1);
        record(result);
        decided = result.isFinal();
      }
    }
    log.force();
    if (decided) {
      whenDecided.accept(result);
    }
    return result;
  }

  private Operation decide(Order order, int sends) {
    Token token = Token.of(order.paymentMethod());
    String impossible = order.kind() == Kind.REFUND ? whyNotRefunded(order) : null;
    return new Operation(
        order.kind(),
        impossible == null ? token.decide(sends) : State.DECLINED,
        order.key(),
        References.of(order.kind(), order.key()),
        order.amount(),
        order.paymentMethod(),
        impossible == null ? token.declineCode() : impossible,
        order.chargeKey(),
        order.merchantReference(),
        order.webhookUrl(),
        sends,
        clock.instant());
  }

  private @Nullable String whyNotRefunded(Order order) {
    Operation charge = operations.get(order.chargeKey());
    if (charge == null || !charge.is(Kind.CHARGE, State.DONE)) {
      return "no_such_charge";
    }
    if (!charge.amount().currency().equals(order.amount().currency())) {
      return "currency_mismatch";
    }
    long left = charge.amount().minorUnits() - refunded(charge.key());
    return order.amount().minorUnits() > left ? "refund_exceeds_charge" : null;
  }

  /// Ends a key that has had no effect, so that a send that is still under way can have none.
  ///
  /// @return the operation as it is now: cancelled, or what was quicker
  Operation cancel(Kind kind, String key, Amount amount) {
    Operation result;
    synchronized (this) {
      Operation known = operations.get(key);
      if (known != null && known.kind() != kind) {
        throw Refusal.keyReused(key);
      }
      if (known != null && known.isFinal()) {
        result = known;
      } else {
        result = cancelled(kind, key, amount, known);
        record(result);
      }
    }
    log.force();
    return result;
  }

  private Operation cancelled(Kind kind, String key, Amount amount, @Nullable Operation known) {
    return new Operation(
        kind,
        State.CANCELLED,
        key,
        References.of(kind, key),
        known == null ? amount : known.amount(),
        known == null ? "tok_ok" : known.paymentMethod(),
        null,
        known == null ? null : known.chargeKey(),
        known == null ? null : known.merchantReference(),
        null,
        known == null ? 0 : known.sends(),
        clock.instant());
  }

  Optional<Operation> find(Kind kind, String key) {
    Optional<Operation> found;
    synchronized (this) {
      found = Optional.ofNullable(operations.get(key)).filter(known -> known.kind() == kind);
    }
    log.force();
    return found;
  }

  /// Everything that is final, in the order in which it first arrived.
  List<Operation> decided() {
    List<Operation> decided = new ArrayList<>();
    synchronized (this) {
      operations.values().stream().filter(Operation::isFinal).forEach(decided::add);
    }
    log.force();
    return decided;
  }

  synchronized long refunded(String chargeKey) {
    return refundedMinorUnits.getOrDefault(chargeKey, 0L);
  }

  synchronized boolean isDelivered(String eventId) {
    return deliveredEvents.contains(eventId);
  }

  /// Not synced at once: an event that is sent again after a crash does no harm.
  synchronized void delivered(String eventId) {
    if (deliveredEvents.add(eventId)) {
      log.append(new OperationLog.Line(null, eventId));
    }
  }

  private void record(Operation operation) {
    // The log first: what could not be written must not be remembered either.
    log.append(new OperationLog.Line(operation, null));
    remember(operation);
  }

  private void remember(Operation operation) {
    operations.put(operation.key(), operation);
    if (operation.is(Kind.REFUND, State.DONE) && operation.chargeKey() != null) {
      refundedMinorUnits.merge(
          operation.chargeKey(), operation.amount().minorUnits(), Math::addExact);
    }
  }

  @Override
  public synchronized void close() {
    log.force();
    log.close();
  }
}
