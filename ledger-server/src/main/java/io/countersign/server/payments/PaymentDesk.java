package io.countersign.server.payments;

import io.countersign.model.Page;
import io.countersign.model.id.PaymentId;
import io.countersign.model.payments.Payment;
import io.countersign.model.payments.PaymentEvent;
import io.countersign.server.api.Answer;
import io.countersign.server.api.Caller;
import io.countersign.server.api.Cursor;
import io.countersign.server.api.FieldChecks;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.OncePerKey;
import io.countersign.server.api.PageRequest;
import io.countersign.server.api.QueryValues;
import io.countersign.server.audit.AuditChange;
import io.countersign.server.audit.AuditLog;
import java.util.List;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/// What people do with payments beside moving money: find, read, take on, annotate.
@Component
class PaymentDesk {

  static final int OWNER_LONGEST = 100;
  private static final int NOTE_LONGEST = 4000;

  private final PaymentStore store;
  private final PaymentBook book;
  private final PaymentViews views;
  private final AuditLog audit;
  private final OncePerKey once;

  PaymentDesk(
      PaymentStore store, PaymentBook book, PaymentViews views, AuditLog audit, OncePerKey once) {
    this.store = store;
    this.book = book;
    this.views = views;
    this.audit = audit;
    this.once = once;
  }

  Payment get(int ledger, PaymentId id) {
    return views.payment(ledger, book.get(ledger, id));
  }

  List<PaymentEvent> events(int ledger, PaymentId id) {
    book.get(ledger, id);
    return store.events(ledger, id).stream().map(RecordedEvent::event).toList();
  }

  Page<Payment> page(int ledger, PaymentFilter filter, PageRequest page) {
    PaymentFilter.Place after = QueryValues.optional("after", page.after(), PaymentDesk::place);
    io.countersign.server.api.Page<PaymentRow> rows =
        io.countersign.server.api.Page.of(
            store.page(ledger, filter, after, page.limit() + 1),
            page.limit(),
            payment -> Cursor.of(payment.amount().minorUnits(), payment.id().uuid()));
    return new Page<>(
        views.payments(ledger, rows.items()), rows.next(), store.count(ledger, filter));
  }

  ResponseEntity<byte[]> assign(
      int ledger, Caller caller, KeyedRequest request, PaymentId id, String owner) {
    new FieldChecks().text("owner", owner, OWNER_LONGEST).orThrow();
    return change(
        ledger, caller, request, id, "assigned", Change.nothing().owner(owner), "to " + owner);
  }

  ResponseEntity<byte[]> note(
      int ledger, Caller caller, KeyedRequest request, PaymentId id, String text) {
    new FieldChecks().text("text", text, NOTE_LONGEST).orThrow();
    return change(ledger, caller, request, id, "note", Change.nothing(), text);
  }

  private ResponseEntity<byte[]> change(
      int ledger,
      Caller caller,
      KeyedRequest request,
      PaymentId id,
      String type,
      Change change,
      String detail) {
    return once.execute(
        request,
        () -> {
          PaymentRow payment = book.lock(ledger, id);
          PaymentRow changed = book.change(ledger, payment, type, change, caller.name(), detail);
          Payment after = views.payment(ledger, changed);
          audit.write(
              ledger,
              caller,
              AuditChange.changed(
                  "payment." + type,
                  "payment",
                  id.toString(),
                  views.payment(ledger, payment),
                  after));
          return Answer.ok(after);
        });
  }

  private static PaymentFilter.Place place(String cursor) {
    List<String> parts = Cursor.read(cursor, 2);
    return new PaymentFilter.Place(
        Long.parseLong(parts.getFirst()), UUID.fromString(parts.getLast()));
  }
}
