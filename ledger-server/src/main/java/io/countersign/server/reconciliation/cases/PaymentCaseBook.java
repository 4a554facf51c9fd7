package io.countersign.server.reconciliation.cases;

import io.countersign.model.UuidV7;
import io.countersign.model.id.ExceptionId;
import io.countersign.model.payments.Payment;
import io.countersign.model.reconciliation.ExceptionCategory;
import io.countersign.server.payments.PaymentCases;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// Puts payments that need people into their queue. Each is told once: one that was dismissed does
/// not come back by itself.
@Component
class PaymentCaseBook implements PaymentCases {

  private static final Duration DUE_AFTER = Duration.ofDays(1);

  private final CaseStore store;
  private final CaseRaising raising;
  private final CaseNews news;
  private final UuidV7 ids;
  private final Clock clock;

  PaymentCaseBook(CaseStore store, CaseRaising raising, CaseNews news, UuidV7 ids, Clock clock) {
    this.store = store;
    this.raising = raising;
    this.news = news;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public void unconfirmed(int ledger, Payment payment) {
    open(ledger, payment, ExceptionCategory.UNCONFIRMED_PAYMENT, Subject.payment(payment.id()));
  }

  @Override
  public void confirmed(int ledger, Payment payment) {
    explained(
        ledger,
        Subject.payment(payment.id()),
        "answer",
        "The payment is " + payment.state().wire() + ".");
  }

  @Override
  public void lateSuccess(int ledger, Payment payment) {
    open(ledger, payment, ExceptionCategory.LATE_SUCCESS, Subject.contradiction(payment.id()));
  }

  @Override
  public void lateDecline(int ledger, Payment payment) {
    open(ledger, payment, ExceptionCategory.LATE_DECLINE, Subject.contradiction(payment.id()));
  }

  @Override
  public void lateSuccessRefunded(int ledger, Payment payment) {
    explained(
        ledger, Subject.contradiction(payment.id()), "refund", "The card has its money back.");
  }

  private void explained(int ledger, Subject subject, String type, String reason) {
    raising.overtake(ledger, List.of(subject), reason);
    raising.explained(ledger, List.of(subject), type, reason, null);
  }

  // The payment's row is locked by the caller, so nobody else looks and opens at the same time.
  private void open(int ledger, Payment payment, ExceptionCategory category, Subject subject) {
    if (store.hadOne(ledger, payment.id(), category)) {
      return;
    }
    Instant now = clock.instant();
    RaisedCase raised =
        new RaisedCase(
            subject,
            category,
            null,
            null,
            payment.amount().minorUnits(),
            payment.amount().currency(),
            null,
            List.of(),
            payment.transactions(),
            payment.id(),
            List.of(),
            words(payment),
            now.plus(DUE_AFTER));
    ExceptionId id = new ExceptionId(ids.next());
    store.insert(ledger, Map.of(id, raised), now);
    news.tell(ledger, List.of(id));
  }

  private static String words(Payment payment) {
    return Stream.of(
            payment.id().toString(),
            payment.reference(),
            payment.description(),
            payment.provider(),
            payment.providerReference(),
            payment.merchantAccount())
        .filter(Objects::nonNull)
        .collect(Collectors.joining(" "));
  }
}
