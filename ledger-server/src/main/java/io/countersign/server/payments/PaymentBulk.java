package io.countersign.server.payments;

import io.countersign.model.id.PaymentId;
import io.countersign.model.payments.Payment;
import io.countersign.model.payments.PaymentBulkAnswer;
import io.countersign.model.payments.PaymentBulkAnswer.Result;
import io.countersign.model.payments.PaymentBulkRequest;
import io.countersign.model.payments.PaymentState;
import io.countersign.server.api.Answer;
import io.countersign.server.api.Caller;
import io.countersign.server.api.FieldChecks;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.OncePerKey;
import io.countersign.server.api.ProblemDocument;
import io.countersign.server.api.ProblemException;
import io.countersign.server.api.Problems;
import io.countersign.server.audit.AuditChange;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.sagas.Sagas;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/// One action on many payments, each with an outcome of its own: a refusal refuses no other.
@Component
class PaymentBulk {

  private static final int IDS_MAX = 1_000;
  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final String CHECK = "check";
  private static final String ASSIGN = "assign";

  private final PaymentBook book;
  private final PaymentViews views;
  private final Sagas sagas;
  private final AuditLog audit;
  private final OncePerKey once;

  PaymentBulk(PaymentBook book, PaymentViews views, Sagas sagas, AuditLog audit, OncePerKey once) {
    this.book = book;
    this.views = views;
    this.sagas = sagas;
    this.audit = audit;
    this.once = once;
  }

  ResponseEntity<byte[]> act(
      int ledger, Caller caller, KeyedRequest request, PaymentBulkRequest body) {
    FieldChecks checks =
        new FieldChecks()
            .that(
                List.of(CHECK, ASSIGN).contains(body.action()),
                "action",
                "must be '" + CHECK + "' or '" + ASSIGN + "'")
            .size("ids", body.ids(), 1, IDS_MAX);
    if (body.action().equals(ASSIGN)) {
      checks.text("owner", body.owner(), PaymentDesk.OWNER_LONGEST);
    }
    checks.orThrow();
    return once.execute(request, () -> Answer.ok(outcomes(ledger, caller, body)));
  }

  private PaymentBulkAnswer outcomes(int ledger, Caller caller, PaymentBulkRequest body) {
    Map<PaymentId, Result> outcomes = new HashMap<>();
    // In one order, so that two bulks over the same payments never wait for each other.
    body.ids().stream()
        .distinct()
        .sorted(Comparator.comparing(PaymentId::uuid))
        .forEach(id -> outcomes.put(id, outcome(ledger, caller, body, id)));
    return new PaymentBulkAnswer(
        body.ids().stream().distinct().map(outcomes::get).map(PaymentBulk::given).toList());
  }

  private static Result given(@Nullable Result result) {
    if (result == null) {
      throw new IllegalStateException("each id has its outcome");
    }
    return result;
  }

  // A refusal comes before the first write, so nothing is to be undone for it alone.
  private Result outcome(int ledger, Caller caller, PaymentBulkRequest body, PaymentId id) {
    try {
      boolean check = body.action().equals(CHECK);
      PaymentRow payment = book.lock(ledger, id);
      PaymentRow changed =
          check
              ? checked(ledger, caller, payment)
              : assigned(ledger, caller, payment, String.valueOf(body.owner()));
      Payment after = views.payment(ledger, changed);
      audit.write(
          ledger,
          caller,
          AuditChange.changed(
              check ? "payment.check" : "payment.assigned",
              "payment",
              id.toString(),
              views.payment(ledger, payment),
              after));
      return new Result(id, check ? ACCEPTED : OK, null);
    } catch (ProblemException e) {
      return new Result(
          id,
          e.problem().status(),
          new HashMap<>(ProblemDocument.of(e.problem(), "payments/" + id)));
    }
  }

  /// Nobody is asked while this call waits: many lookups take longer than a call may. Each saga is
  /// woken at once instead.
  private PaymentRow checked(int ledger, Caller caller, PaymentRow payment) {
    if (payment.state() != PaymentState.PENDING_CONFIRMATION) {
      throw Problems.wrongState(
              payment.state().wire(), "Only a payment that is pending confirmation is checked.")
          .asException();
    }
    PaymentRow asked =
        book.change(ledger, payment, "check_asked", Change.nothing(), caller.name(), null);
    sagas.retry(ledger, payment.terms().saga(), caller.name());
    return asked;
  }

  private PaymentRow assigned(int ledger, Caller caller, PaymentRow payment, String owner) {
    return book.change(
        ledger, payment, "assigned", Change.nothing().owner(owner), caller.name(), "to " + owner);
  }
}
