package io.countersign.server.payments;

import io.countersign.model.id.PaymentId;
import io.countersign.model.payments.PaymentEvent;
import io.countersign.model.payments.PaymentState;
import io.countersign.server.api.Problems;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Changes payments, each change an appended event in the order of a guarded version. Everything
/// here happens inside the caller's transaction.
@Component
class PaymentBook {

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

  PaymentRow create(int ledger, PaymentTerms terms) {
    PaymentRow payment = new PaymentRow(terms, PaymentStatus.created(terms.createdAt()), 1);
    store.insert(ledger, payment);
    store.append(
        ledger,
        terms.id(),
        new RecordedEvent(
            new PaymentEvent(
                1,
                terms.createdAt(),
                "created",
                null,
                PaymentState.CREATED,
                terms.createdBy(),
                terms.amount()
                    + " for "
                    + terms.merchantAccount()
                    + " through "
                    + terms.provider()),
            Change.to(PaymentState.CREATED).fields()));
    return payment;
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
    Instant now = now();
    PaymentStatus status = StatusJson.apply(payment.status(), change.fields(), now);
    boolean moves = status.state() != payment.state();
    if (moves && !payment.state().next().contains(status.state())) {
      throw new IllegalStateException(
          payment.id() + " cannot go from " + payment.state() + " to " + status.state());
    }
    if (!store.update(ledger, new PaymentRow(payment.terms(), status, payment.version()))) {
      throw new IllegalStateException(payment.id() + " changed under its lock");
    }
    PaymentRow changed = new PaymentRow(payment.terms(), status, payment.version() + 1);
    store.append(
        ledger,
        payment.id(),
        new RecordedEvent(
            new PaymentEvent(
                changed.version(),
                now,
                type,
                moves ? payment.state() : null,
                moves ? status.state() : null,
                by,
                detail),
            change.fields()));
    return changed;
  }

  private static RuntimeException notFound(PaymentId id) {
    return Problems.notFound("payment " + id).asException();
  }
}
