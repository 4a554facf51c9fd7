package io.countersign.server.payments.provider;

import com.stripe.model.PaymentIntent;
import com.stripe.param.PaymentIntentCreateParams;
import io.countersign.server.payments.provider.ProviderReply.Cancelled;
import io.countersign.server.payments.provider.ProviderReply.Charged;
import io.countersign.server.payments.provider.ProviderReply.Declined;
import io.countersign.server.payments.provider.ProviderReply.NoAnswer;
import io.countersign.server.payments.provider.ProviderReply.NotFound;
import io.countersign.server.payments.provider.ProviderReply.Prepared;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/// Charges as Stripe's payment intents: made unconfirmed under our key, confirmed once their id is
/// stored, looked up and cancelled by it.
///
/// An intent whose id is not stored was never confirmed, so whatever becomes of making it, no card
/// is charged.
final class StripeCharges {

  private static final String CONFIRM = "-confirm";
  private static final String ANOTHER = "an answer about another charge";

  private final StripeApi api;

  StripeCharges(StripeApi api) {
    this.api = api;
  }

  ProviderReply.ToPreparation prepare(ChargeOrder order, Deadline deadline) {
    OptionalLong amount = StripeAmount.of(order.amount());
    if (amount.isEmpty()) {
      return new Declined("amount_not_supported");
    }
    return switch (api.create(params(order, amount.getAsLong()), order.key().value(), deadline)) {
      case StripeAnswer.Given<PaymentIntent>(PaymentIntent intent)
          when StripeIntents.isAbout(intent, order) ->
          new Prepared(new ProviderReference(intent.getId()));
      case StripeAnswer.Given<PaymentIntent> _ -> none(deadline, ANOTHER);
      case StripeAnswer.Refused<PaymentIntent> refused -> new Declined(refused.reason());
      case StripeAnswer.None<PaymentIntent>(String why) -> none(deadline, why);
    };
  }

  // Alike at every send: Stripe refuses a key that comes back with other parameters.
  private static PaymentIntentCreateParams params(ChargeOrder order, long amount) {
    PaymentIntentCreateParams.Builder params =
        PaymentIntentCreateParams.builder()
            .setAmount(amount)
            .setCurrency(StripeAmount.currency(order.amount()))
            .setPaymentMethod(order.paymentMethod())
            .setAutomaticPaymentMethods(
                PaymentIntentCreateParams.AutomaticPaymentMethods.builder()
                    .setEnabled(true)
                    .setAllowRedirects(
                        PaymentIntentCreateParams.AutomaticPaymentMethods.AllowRedirects.NEVER)
                    .build())
            .putMetadata(StripeIntents.KEY, order.key().value())
            .putMetadata("countersign_ledger", order.ledger());
    if (order.reference() != null) {
      params.putMetadata("reference", order.reference());
    }
    if (order.description() != null) {
      params.setDescription(order.description());
    }
    return params.build();
  }

  ProviderReply.ToCharge confirm(ChargeOrder order, Deadline deadline) {
    String id =
        Objects.requireNonNull(order.prepared(), "only a stored intent is confirmed").value();
    return switch (api.confirm(id, order.key() + CONFIRM, deadline)) {
      case StripeAnswer.Given<PaymentIntent>(PaymentIntent intent)
          when StripeIntents.isAbout(intent, order) ->
          confirmed(intent, order, deadline);
      case StripeAnswer.Given<PaymentIntent> _ -> none(deadline, ANOTHER);
      case StripeAnswer.Refused<PaymentIntent> refused -> refused(refused, order, deadline);
      case StripeAnswer.None<PaymentIntent>(String why) -> none(deadline, why);
    };
  }

  private ProviderReply.ToCharge confirmed(
      PaymentIntent intent, ChargeOrder order, Deadline deadline) {
    return switch (StripeIntents.judge(intent, order, deadline.passed())) {
      case Charged charged -> charged;
      case Declined declined -> declined;
      case NoAnswer none -> none;
      // It waits for a person who is not there; until it is cancelled, that person might appear.
      case NotFound _ ->
          cancelled(intent, order, StripeIntents.reason(intent, "declined"), deadline);
    };
  }

  private ProviderReply.ToCharge refused(
      StripeAnswer.Refused<PaymentIntent> refused, ChargeOrder order, Deadline deadline) {
    PaymentIntent intent = refused.intent();
    if (refused.isDecline()
        && intent != null
        && StripeIntents.isAbout(intent, order)
        && StripeIntents.judge(intent, order, deadline.passed()) instanceof Declined) {
      return new Declined(refused.reason());
    }
    // The confirmation was refused, which does not say what had become of the intent before.
    return switch (lookUp(order, deadline)) {
      case Charged charged -> charged;
      case Declined declined -> declined;
      case NoAnswer none -> none;
      case NotFound _ ->
          switch (cancel(order, deadline)) {
            case Charged charged -> charged;
            case Declined declined -> declined;
            case Cancelled _ -> new Declined(refused.reason());
            case NoAnswer none -> none;
          };
    };
  }

  private ProviderReply.ToCharge cancelled(
      PaymentIntent intent, ChargeOrder order, String reason, Deadline deadline) {
    return switch (cancel(intent, order, deadline)) {
      case Charged charged -> charged;
      case Declined declined -> declined;
      case Cancelled _ -> new Declined(reason);
      case NoAnswer none -> none;
    };
  }

  ProviderReply.ToChargeLookup lookUp(ChargeOrder order, Deadline deadline) {
    return switch (find(order, deadline)) {
      case Found(PaymentIntent intent) -> StripeIntents.judge(intent, order, deadline.passed());
      case Absent _ -> new NotFound();
      case Unknown(String why) -> none(deadline, why);
    };
  }

  /// To be called once a lookup has found nothing for longer than the visibility delay.
  ProviderReply.ToChargeCancellation cancel(ChargeOrder order, Deadline deadline) {
    return switch (find(order, deadline)) {
      case Found(PaymentIntent intent) -> cancel(intent, order, deadline);
      // Whoever would confirm it stores its id before, and finds the payment declined.
      case Absent _ -> new Cancelled();
      case Unknown(String why) -> none(deadline, why);
    };
  }

  private ProviderReply.ToChargeCancellation cancel(
      PaymentIntent intent, ChargeOrder order, Deadline deadline) {
    switch (StripeIntents.judge(intent, order, deadline.passed())) {
      case Charged charged -> {
        return charged;
      }
      case Declined declined -> {
        return declined;
      }
      case NoAnswer none -> {
        return none;
      }
      case NotFound _ -> {}
    }
    String reason = StripeIntents.reason(intent, "");
    return switch (api.cancel(intent.getId(), deadline)) {
      case StripeAnswer.Given<PaymentIntent>(PaymentIntent after)
          when StripeIntents.isAbout(after, order) && "canceled".equals(after.getStatus()) ->
          reason.isEmpty() ? new Cancelled() : new Declined(reason);
      case StripeAnswer.Given<PaymentIntent> _ -> none(deadline, ANOTHER);
      // Something was quicker; the next lookup sees what.
      case StripeAnswer.Refused<PaymentIntent> refused ->
          none(deadline, "Stripe does not cancel it: " + refused.code());
      case StripeAnswer.None<PaymentIntent>(String why) -> none(deadline, why);
    };
  }

  sealed interface Finding {}

  record Found(PaymentIntent intent) implements Finding {}

  record Absent() implements Finding {}

  record Unknown(String why) implements Finding {}

  private Finding find(ChargeOrder order, Deadline deadline) {
    ProviderReference prepared = order.prepared();
    Finding finding =
        prepared == null ? search(order.key(), deadline) : retrieve(prepared.value(), deadline);
    return finding instanceof Found(PaymentIntent intent) && !StripeIntents.isAbout(intent, order)
        ? new Unknown(ANOTHER)
        : finding;
  }

  private Finding retrieve(String id, Deadline deadline) {
    return switch (api.retrieve(id, deadline)) {
      case StripeAnswer.Given<PaymentIntent>(PaymentIntent intent) -> new Found(intent);
      // Stripe forgets no intent: this is another account than the one that made it.
      case StripeAnswer.Refused<PaymentIntent> refused ->
          new Unknown("Stripe does not know " + id + " (" + refused.code() + ")");
      case StripeAnswer.None<PaymentIntent>(String why) -> new Unknown(why);
    };
  }

  /// By our key alone, for what lost its id, as books restored from a backup have. Stripe's search
  /// lags behind.
  Finding search(ProviderKey key, Deadline deadline) {
    String query = "metadata[\"%s\"]:\"%s\"".formatted(StripeIntents.KEY, key);
    return switch (api.search(query, deadline)) {
      case StripeAnswer.Given<List<PaymentIntent>>(List<PaymentIntent> found) ->
          switch (found.size()) {
            case 0 -> new Absent();
            case 1 -> new Found(found.getFirst());
            default -> new Unknown("Stripe has more than one intent under this key");
          };
      case StripeAnswer.Refused<List<PaymentIntent>> refused ->
          new Unknown("Stripe does not search: " + refused.code());
      case StripeAnswer.None<List<PaymentIntent>>(String why) -> new Unknown(why);
    };
  }

  private static NoAnswer none(Deadline deadline, String why) {
    return new NoAnswer(deadline.passed(), why);
  }
}
