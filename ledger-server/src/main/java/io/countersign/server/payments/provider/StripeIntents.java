package io.countersign.server.payments.provider;

import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeError;
import io.countersign.server.payments.provider.ProviderReply.Charged;
import io.countersign.server.payments.provider.ProviderReply.Declined;
import io.countersign.server.payments.provider.ProviderReply.NoAnswer;
import io.countersign.server.payments.provider.ProviderReply.NotFound;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a payment intent of Stripe's says of a charge.
final class StripeIntents {

  /// Our key in Stripe's metadata: what everything of ours is found by.
  static final String KEY = "countersign_key";

  private StripeIntents() {}

  static boolean isAbout(PaymentIntent intent, ChargeOrder order) {
    ProviderReference prepared = order.prepared();
    return intent.getId() != null
        && (prepared == null || prepared.value().equals(intent.getId()))
        && order.key().value().equals(key(intent.getMetadata()))
        && StripeAmount.isSame(order.amount(), intent.getAmount(), intent.getCurrency());
  }

  static @Nullable String key(@Nullable Map<String, String> metadata) {
    return metadata == null ? null : metadata.get(KEY);
  }

  /// Judges an intent that is about the order.
  static ProviderReply.ToChargeLookup judge(
      PaymentIntent intent, ChargeOrder order, Duration waited) {
    String status = String.valueOf(intent.getStatus());
    return switch (status) {
      case "succeeded" ->
          StripeAmount.isSame(order.amount(), intent.getAmountReceived(), intent.getCurrency())
              ? new Charged(new ProviderReference(intent.getId()), at(intent.getCreated()))
              : new NoAnswer(waited, "Stripe received another amount than was asked for");
      case "canceled" -> new Declined(reason(intent, Declined.CANCELLED));
      // An intent of ours is confirmed under one key and so once: after an error no second attempt
      // follows.
      case "requires_payment_method" ->
          intent.getLastPaymentError() == null
              ? new NotFound()
              : new Declined(reason(intent, "declined"));
      case "requires_confirmation", "requires_action" -> new NotFound();
      default -> new NoAnswer(waited, "Stripe says '" + status + "'");
    };
  }

  /// Why the card was not charged.
  static String reason(PaymentIntent intent, String otherwise) {
    if ("requires_action".equals(intent.getStatus())) {
      return "requires_action";
    }
    StripeError error = intent.getLastPaymentError();
    if (error == null) {
      return otherwise;
    }
    String decline = error.getDeclineCode();
    String code = error.getCode();
    return decline != null ? decline : code != null ? code : otherwise;
  }

  static Instant at(@Nullable Long epochSeconds) {
    return epochSeconds == null ? Instant.EPOCH : Instant.ofEpochSecond(epochSeconds);
  }
}
