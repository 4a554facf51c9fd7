package io.countersign.console.payments;

import io.countersign.console.client.Verdict;
import io.countersign.console.client.Workplace;
import io.countersign.model.Money;
import io.countersign.model.identity.Role;
import io.countersign.model.payments.Payment;
import io.countersign.model.payments.PaymentState;

/// What this person may do with a payment as it is, and if not, why not.
public final class PaymentRights {

  private static final int BULK_MAX = 1_000;

  private final Workplace workplace;

  PaymentRights(Workplace workplace) {
    this.workplace = workplace;
  }

  public Verdict mayCheck(Payment payment) {
    Verdict operator = operator();
    if (!operator.may()) {
      return operator;
    }
    return isUnknown(payment)
        ? Verdict.YES
        : Verdict.no("The provider has answered; there is nothing to ask.");
  }

  public Verdict mayResolve(Payment payment) {
    Verdict operator = operator();
    if (!operator.may()) {
      return operator;
    }
    return payment.state() == PaymentState.PENDING_CONFIRMATION
        ? Verdict.YES
        : Verdict.no("Only a payment that waits for confirmation can be resolved by hand.");
  }

  public Verdict mayRefund(PaymentDetail detail) {
    Verdict operator = operator();
    if (!operator.may()) {
      return operator;
    }
    if (detail.cameLate()) {
      return detail.hasOpenRefund()
          ? Verdict.no("A refund of it is proposed or under way.")
          : Verdict.YES;
    }
    return switch (detail.payment().state()) {
      case SUCCEEDED, PARTIALLY_REFUNDED -> Verdict.YES;
      case REFUNDED -> Verdict.no("All of it has been refunded.");
      case DECLINED, REVERSED ->
          Verdict.no("The card was not charged; there is nothing to refund.");
      case CREATED, SUBMITTED, PENDING_CONFIRMATION ->
          Verdict.no("Nobody knows yet whether the card was charged.");
    };
  }

  public Verdict mayRefundIfCharged(Payment payment) {
    Verdict operator = operator();
    if (!operator.may()) {
      return operator;
    }
    if (payment.ifChargedRefund() != null) {
      return Verdict.no("That wish is recorded already.");
    }
    return isUnknown(payment)
        ? Verdict.YES
        : Verdict.no("It is known whether the card was charged; refund it or leave it.");
  }

  public Verdict mayTakeOver(Payment payment) {
    Verdict operator = operator();
    if (!operator.may()) {
      return operator;
    }
    return payment.owner() != null && workplace.isMe(payment.owner())
        ? Verdict.no("It is yours already.")
        : Verdict.YES;
  }

  public Verdict mayAssign() {
    return operator();
  }

  /// Of an action on many, each of which the server judges by itself.
  ///
  /// @param count how many
  public Verdict mayActOn(int count) {
    Verdict operator = operator();
    if (!operator.may()) {
      return operator;
    }
    return count <= BULK_MAX ? Verdict.YES : Verdict.no("At most 1,000 can be chosen at once.");
  }

  public Verdict mayNote() {
    return operator();
  }

  /// Whether a refund of so much needs a second person.
  public boolean needsApproval(Money refund) {
    return refund.minorUnits() > workplace.refundLimit(refund.currency());
  }

  private Verdict operator() {
    return workplace.has(Role.OPERATOR) ? Verdict.YES : Verdict.no("That is for operators.");
  }

  private static boolean isUnknown(Payment payment) {
    return switch (payment.state()) {
      case CREATED, SUBMITTED, PENDING_CONFIRMATION -> true;
      default -> false;
    };
  }
}
