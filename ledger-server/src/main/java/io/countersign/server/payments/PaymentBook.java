package io.countersign.server.payments;

import io.countersign.model.id.PaymentId;
import io.countersign.model.payments.PaymentEvent;
import io.countersign.model.payments.PaymentState;
import io.countersign.server.api.Problems;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Changes payments, each change an appended event in the order of a guarded version. Everything
/// here happens inside the caller's transaction.
@Component
class PaymentBook {

  /// What an event tells of.
  ///
  /// @param type of the event
  /// @param by who says so
  record Happening(String type, Change change, String by, @Nullable String detail) {}

  private final PaymentStore store;
  private final Clock clock;

  PaymentBook(PaymentStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /// The database keeps microseconds; what is rebuilt must equal what was stored.
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /// Makes a payment, and what is to happen to it at once, by the same two statements.
  ///
  /// @return what it was after each event; the last is how it is stored
  List<PaymentRow> create(int ledger, PaymentTerms terms, List<Happening> atOnce) {
    List<PaymentRow> rows = new ArrayList<>();
    List<RecordedEvent> events = new ArrayList<>();
    rows.add(new PaymentRow(terms, PaymentStatus.created(terms.createdAt()), 1));
    events.add(created(terms));
    for (Happening next : atOnce) {
      PaymentRow before = rows.getLast();
      PaymentRow after = after(before, next, terms.createdAt());
      rows.add(after);
      events.add(recorded(before, next, after));
    }
    store.insert(ledger, rows.getLast());
    store.append(ledger, terms.id(), events);
    return rows;
  }

  private static RecordedEvent created(PaymentTerms terms) {
    return new RecordedEvent(
        new PaymentEvent(
            1,
            terms.createdAt(),
            "created",
            null,
            PaymentState.CREATED,
            terms.createdBy(),
            terms.amount() + " for " + terms.merchantAccount() + " through " + terms.provider()),
        Change.to(PaymentState.CREATED).fields());
  }

  Optional<PaymentRow> find(int ledger, PaymentId id) {
    return store.find(ledger, id);
  }

  /// @throws io.countersign.server.api.ProblemException 404 `not-found`
  PaymentRow get(int ledger, PaymentId id) {
    return store.find(ledger, id).orElseThrow(() -> notFound(id));
  }

  /// Locks the row to the end of the transaction; whoever changes a payment waits here.
  ///
  /// @throws io.countersign.server.api.ProblemException 404 `not-found`
  PaymentRow lock(int ledger, PaymentId id) {
    return store.lock(ledger, id).orElseThrow(() -> notFound(id));
  }

  /// @return the payment as it is then
  PaymentRow change(
      int ledger,
      PaymentRow payment,
      String type,
      Change change,
      String by,
      @Nullable String detail) {
    Happening happening = new Happening(type, change, by, detail);
    PaymentRow changed = after(payment, happening, now());
    if (!store.update(
        ledger, new PaymentRow(payment.terms(), changed.status(), payment.version()))) {
      throw new IllegalStateException(payment.id() + " changed under its lock");
    }
    store.append(ledger, payment.id(), List.of(recorded(payment, happening, changed)));
    return changed;
  }

  private static PaymentRow after(PaymentRow before, Happening happening, Instant at) {
    PaymentStatus status = StatusJson.apply(before.status(), happening.change().fields(), at);
    boolean moves = status.state() != before.state();
    if (moves && !before.state().next().contains(status.state())) {
      throw new IllegalStateException(
          before.id() + " cannot go from " + before.state() + " to " + status.state());
    }
    return new PaymentRow(before.terms(), status, before.version() + 1);
  }

  private static RecordedEvent recorded(PaymentRow before, Happening happening, PaymentRow after) {
    boolean moves = after.state() != before.state();
    return new RecordedEvent(
        new PaymentEvent(
            after.version(),
            after.status().updatedAt(),
            happening.type(),
            moves ? before.state() : null,
            moves ? after.state() : null,
            happening.by(),
            happening.detail()),
        happening.change().fields());
  }

  private static RuntimeException notFound(PaymentId id) {
    return Problems.notFound("payment " + id).asException();
  }
}
