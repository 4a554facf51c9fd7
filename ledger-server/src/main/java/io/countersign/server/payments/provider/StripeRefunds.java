package io.countersign.server.payments.provider;

import com.stripe.model.Refund;
import com.stripe.model.StripeCollection;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import io.countersign.server.payments.provider.ProviderReply.Declined;
import io.countersign.server.payments.provider.ProviderReply.NoAnswer;
import io.countersign.server.payments.provider.ProviderReply.NotFound;
import io.countersign.server.payments.provider.ProviderReply.Refunded;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Refunds at Stripe: one request under our key, looked up among the refunds of their charge.
final class StripeRefunds {

  private static final long PAGE = 100;
  private static final String CHARGE_PREFIX = "ch_";

  private final StripeApi api;
  private final StripeCharges charges;

  StripeRefunds(StripeApi api, StripeCharges charges) {
    this.api = api;
    this.charges = charges;
  }

  ProviderReply.ToRefund refund(RefundOrder order, Deadline deadline) {
    OptionalLong amount = StripeAmount.of(order.amount());
    if (amount.isEmpty()) {
      return new Declined("amount_not_supported");
    }
    return switch (charged(order, deadline)) {
      case Known(String id) -> send(order, id, amount.getAsLong(), deadline);
      case Unknown(String why) -> none(deadline, why);
    };
  }

  private ProviderReply.ToRefund send(
      RefundOrder order, String charged, long amount, Deadline deadline) {
    RefundCreateParams.Builder params =
        RefundCreateParams.builder()
            .setAmount(amount)
            .putMetadata(StripeIntents.KEY, order.key().value())
            .putMetadata("countersign_ledger", order.ledger());
    if (charged.startsWith(CHARGE_PREFIX)) {
      params.setCharge(charged);
    } else {
      params.setPaymentIntent(charged);
    }
    return switch (api.refund(params.build(), order.key().value(), deadline)) {
      case StripeAnswer.Given<Refund>(Refund refund) when isAbout(refund, order) ->
          judge(refund, deadline);
      case StripeAnswer.Given<Refund> _ -> none(deadline, "an answer about another refund");
      case StripeAnswer.Refused<Refund> refused ->
          // No refund by this request; one of an earlier send would be in the list.
          switch (lookUp(order, deadline)) {
            case Refunded refunded -> refunded;
            case Declined declined -> declined;
            case NoAnswer none -> none;
            case NotFound _ -> new Declined(refused.reason());
          };
      case StripeAnswer.None<Refund>(String why) -> none(deadline, why);
    };
  }

  ProviderReply.ToRefundLookup lookUp(RefundOrder order, Deadline deadline) {
    return switch (charged(order, deadline)) {
      case Known(String id) -> among(order, id, deadline);
      case Unknown(String why) -> none(deadline, why);
    };
  }

  private ProviderReply.ToRefundLookup among(RefundOrder order, String charged, Deadline deadline) {
    @Nullable String after = null;
    while (true) {
      switch (api.refunds(page(charged, after), deadline)) {
        case StripeAnswer.Given<StripeCollection<Refund>>(StripeCollection<Refund> page) -> {
          List<Refund> refunds = page.getData();
          if (refunds == null) {
            return none(deadline, "an unreadable answer");
          }
          Optional<Refund> ours =
              refunds.stream().filter(it -> isUnder(order.key(), it)).findFirst();
          if (ours.isPresent()) {
            return isAbout(ours.get(), order)
                ? lookedUp(ours.get(), deadline)
                : none(deadline, "Stripe has another amount under this key");
          }
          if (!Boolean.TRUE.equals(page.getHasMore()) || refunds.isEmpty()) {
            return new NotFound();
          }
          after = refunds.getLast().getId();
        }
        case StripeAnswer.Refused<StripeCollection<Refund>> refused -> {
          return none(deadline, "Stripe does not list refunds: " + refused.code());
        }
        case StripeAnswer.None<StripeCollection<Refund>>(String why) -> {
          return none(deadline, why);
        }
      }
    }
  }

  private static RefundListParams page(String charged, @Nullable String after) {
    RefundListParams.Builder params = RefundListParams.builder().setLimit(PAGE);
    if (charged.startsWith(CHARGE_PREFIX)) {
      params.setCharge(charged);
    } else {
      params.setPaymentIntent(charged);
    }
    if (after != null) {
      params.setStartingAfter(after);
    }
    return params.build();
  }

  private sealed interface OfCharge {}

  private record Known(String id) implements OfCharge {}

  private record Unknown(String why) implements OfCharge {}

  /// Stripe's name of what is given back. A charge that people resolved may have none here.
  private OfCharge charged(RefundOrder order, Deadline deadline) {
    ProviderReference charged = order.charged();
    if (charged != null) {
      return new Known(charged.value());
    }
    return switch (charges.search(order.charge(), deadline)) {
      case StripeCharges.Found found -> new Known(found.intent().getId());
      case StripeCharges.Absent _ -> new Unknown("Stripe does not find the charge so far");
      case StripeCharges.Unknown(String why) -> new Unknown(why);
    };
  }

  private static boolean isUnder(ProviderKey key, Refund refund) {
    return key.value().equals(StripeIntents.key(refund.getMetadata()));
  }

  private static boolean isAbout(Refund refund, RefundOrder order) {
    return refund.getId() != null
        && isUnder(order.key(), refund)
        && StripeAmount.isSame(order.amount(), refund.getAmount(), refund.getCurrency());
  }

  private static ProviderReply.ToRefund judge(Refund refund, Deadline deadline) {
    return switch (String.valueOf(refund.getStatus())) {
      case "succeeded" -> refunded(refund);
      case "failed", "canceled" -> new Declined(reason(refund));
      default -> none(deadline, "Stripe says '" + refund.getStatus() + "'");
    };
  }

  private static ProviderReply.ToRefundLookup lookedUp(Refund refund, Deadline deadline) {
    return switch (judge(refund, deadline)) {
      case Refunded refunded -> refunded;
      case Declined declined -> declined;
      case NoAnswer none -> none;
    };
  }

  static Refunded refunded(Refund refund) {
    return new Refunded(
        new ProviderReference(refund.getId()), StripeIntents.at(refund.getCreated()));
  }

  static String reason(Refund refund) {
    return refund.getFailureReason() == null
        ? String.valueOf(refund.getStatus())
        : refund.getFailureReason();
  }

  private static NoAnswer none(Deadline deadline, String why) {
    return new NoAnswer(deadline.passed(), why);
  }
}
