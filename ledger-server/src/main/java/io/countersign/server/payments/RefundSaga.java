package io.countersign.server.payments;

import static io.countersign.server.sagas.SagaDefinition.undoneLocally;

import io.countersign.model.id.RefundId;
import io.countersign.model.payments.PaymentState;
import io.countersign.model.payments.RefundState;
import io.countersign.server.accounts.Ledgers;
import io.countersign.server.api.ProblemException;
import io.countersign.server.payments.provider.ProviderGateway;
import io.countersign.server.payments.provider.ProviderReply;
import io.countersign.server.payments.provider.RefundOrder;
import io.countersign.server.sagas.LocalWork;
import io.countersign.server.sagas.SagaDefinition;
import io.countersign.server.sagas.SagaRun;
import io.countersign.server.sagas.StepOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// What carries a refund: the merchant's funds held, the card refunded at the provider, the funds
/// captured in the commit that learns of it, told. A decline releases the funds.
@Component
class RefundSaga {

  static final String KIND = "refund";
  static final String KIND_IF_CHARGED = "refund_if_charged";
  static final String KIND_LATE_CHARGE = "refund_late_charge";
  static final String AWAIT_CHARGE = "await charge";
  static final String REFUND = "refund";

  private static final Duration LOOK_AGAIN = Duration.ofHours(1);
  private static final Duration FUNDS_MAY_COME = Duration.ofMinutes(1);

  private final RefundBook refunds;
  private final PaymentBook payments;
  private final ProviderCalls calls;
  private final ProviderEvents events;
  private final UnderWay underWay;
  private final Ledgers ledgers;

  RefundSaga(
      RefundBook refunds,
      PaymentBook payments,
      ProviderCalls calls,
      ProviderEvents events,
      UnderWay underWay,
      Ledgers ledgers) {
    this.refunds = refunds;
    this.payments = payments;
    this.calls = calls;
    this.events = events;
    this.underWay = underWay;
    this.ledgers = ledgers;
  }

  /// The funds are held in the commit that makes the refund, or nothing is made.
  SagaDefinition definition() {
    return SagaDefinition.of(KIND)
        .local("hold funds", this::hold, undoneLocally(this::release))
        .outside(REFUND, this::refund)
        .local("post", run -> refunds.capture(run.ledger(), id(run)))
        .local("notify", run -> refunds.tell(run.ledger(), id(run)))
        .build();
  }

  /// For a refund that was wished for while the charge was unknown.
  SagaDefinition definitionIfCharged() {
    return SagaDefinition.of(KIND_IF_CHARGED)
        .outside(AWAIT_CHARGE, this::awaitCharge)
        .outside("hold funds", run -> this::holdWhenThereAreFunds, undoneLocally(this::release))
        .outside(REFUND, this::refund)
        .local("post", run -> refunds.capture(run.ledger(), id(run)))
        .local("notify", run -> refunds.tell(run.ledger(), id(run)))
        .build();
  }

  /// For a charge that came after the payment was declined: no funds of the merchant's to hold, and
  /// nothing to post.
  SagaDefinition definitionOfLateCharge() {
    return SagaDefinition.of(KIND_LATE_CHARGE)
        .outside(REFUND, this::refund)
        .local("settle", run -> refunds.settle(run.ledger(), id(run)))
        .local("notify", run -> refunds.tell(run.ledger(), id(run)))
        .build();
  }

  private StepOutcome hold(SagaRun run) {
    refunds.hold(run.ledger(), id(run));
    return new StepOutcome.Done();
  }

  // The merchant may have spent what the charge brought; the wish stays until there is enough
  // again.
  private StepOutcome holdWhenThereAreFunds(SagaRun run) {
    try {
      return hold(run);
    } catch (ProblemException refused) {
      return new StepOutcome.Waits(payments.now().plus(FUNDS_MAY_COME), refused.problem().detail());
    }
  }

  private StepOutcome release(SagaRun run) {
    refunds.release(run.ledger(), id(run));
    return new StepOutcome.Done();
  }

  // It is told by the commit that learns of the charge; that it looks by itself is a second net.
  private LocalWork awaitCharge(SagaRun run) {
    PaymentState state =
        payments.get(run.ledger(), refunds.get(run.ledger(), id(run)).payment()).state();
    StepOutcome outcome =
        state.isCharged()
            ? new StepOutcome.Done()
            : new StepOutcome.Waits(payments.now().plus(LOOK_AGAIN), "the charge is unknown");
    return ending -> outcome;
  }

  private LocalWork refund(SagaRun run) {
    RefundRow refund = refunds.get(run.ledger(), id(run));
    PaymentRow payment = payments.get(run.ledger(), refund.payment());
    return calls.within(payment, refund.id().uuid(), () -> refund(run.ledger(), refund, payment));
  }

  private LocalWork refund(int ledger, RefundRow refund, PaymentRow payment) {
    ProviderGateway gateway = calls.gateway(payment);
    RefundOrder order = order(ledger, refund, payment);
    Optional<ProviderReply> parked =
        events.parked(ledger, gateway.name(), refund.key(), refund.amount());
    boolean send =
        parked.isEmpty() && refund.state() == RefundState.SUBMITTED && maySend(refund, gateway);
    if (send && !calls.maySend(payment)) {
      return calls.notNow(payment);
    }
    ProviderReply reply =
        send
            ? calls.sent(payment, gateway.refund(order))
            : parked.orElseGet(() -> check(refund, order, gateway));
    return ending -> refunds.learn(ledger, refund.id(), reply, "system");
  }

  private RefundOrder order(int ledger, RefundRow refund, PaymentRow payment) {
    return new RefundOrder(
        ledgers.byId(ledger).code(),
        refund.key(),
        payment.key(),
        payment.providerReference(),
        refund.amount(),
        refund.reason());
  }

  /// The request that made the refund sends it. Whoever else finds it submitted sends it once more
  /// under its key, while the provider remembers the key.
  private boolean maySend(RefundRow refund, ProviderGateway gateway) {
    return underWay.isHere(refund.id().uuid()) || !isOlderThan(gateway.keyLifetime(), refund);
  }

  private ProviderReply check(RefundRow refund, RefundOrder order, ProviderGateway gateway) {
    ProviderReply reply = gateway.lookUpRefund(order);
    boolean authoritative =
        reply instanceof ProviderReply.NotFound
            && isOlderThan(gateway.refundVisibilityDelay(), refund);
    return authoritative ? gateway.cancelRefund(order) : reply;
  }

  private boolean isOlderThan(Duration age, RefundRow refund) {
    Instant sentAt = refund.sentAt();
    Instant since = sentAt == null ? refund.createdAt() : sentAt;
    return Duration.between(since, payments.now()).compareTo(age) >= 0;
  }

  private static RefundId id(SagaRun run) {
    return RefundId.parse(run.subject().id());
  }
}
