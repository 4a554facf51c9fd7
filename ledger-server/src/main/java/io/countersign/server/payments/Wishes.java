package io.countersign.server.payments;

import io.countersign.model.payments.RefundState;
import io.countersign.server.outbox.Outbox;
import io.countersign.server.sagas.Sagas;
import io.countersign.server.sagas.StepOutcome;
import java.util.List;
import org.springframework.stereotype.Component;

/// Refunds that were wished for while the charge was unknown: what becomes of them when it is
/// known.
@Component
class Wishes {

  private final RefundStore refunds;
  private final AnswersLater answers;
  private final Sagas sagas;
  private final Outbox outbox;
  private final PaymentBook book;

  Wishes(RefundStore refunds, AnswersLater answers, Sagas sagas, Outbox outbox, PaymentBook book) {
    this.refunds = refunds;
    this.answers = answers;
    this.sagas = sagas;
    this.outbox = outbox;
    this.book = book;
  }

  /// The charge proved real: each goes its way from here, in commits of its own.
  ///
  /// @param refunds all there are of the payment
  void grant(int ledger, List<RefundRow> refunds) {
    waiting(refunds)
        .forEach(
            refund ->
                sagas.tell(ledger, refund.saga(), RefundSaga.AWAIT_CHARGE, new StepOutcome.Done()));
  }

  /// There is nothing to refund.
  void ungrant(int ledger, PaymentRow payment, String why) {
    for (RefundRow refund : waiting(refunds.ofPayments(ledger, List.of(payment.id())))) {
      RefundRow declined = refund.in(RefundState.DECLINED).because(why);
      if (!refunds.update(ledger, declined, book.now())) {
        throw new IllegalStateException(refund.id() + " changed under its payment's lock");
      }
      answers.end(ledger, refund.id().uuid(), null);
      outbox.publish(
          ledger, "refund.declined", refund.id().toString(), PaymentViews.refund(declined));
      sagas.tell(ledger, refund.saga(), RefundSaga.AWAIT_CHARGE, new StepOutcome.Refused(why));
    }
  }

  private static List<RefundRow> waiting(List<RefundRow> refunds) {
    return refunds.stream()
        .filter(refund -> refund.ifCharged() && refund.state() == RefundState.SUBMITTED)
        .filter(refund -> refund.hold() == null)
        .toList();
  }
}
