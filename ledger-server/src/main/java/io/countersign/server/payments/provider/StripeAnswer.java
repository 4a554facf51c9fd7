package io.countersign.server.payments.provider;

import com.stripe.model.PaymentIntent;
import org.jspecify.annotations.Nullable;

/// How one call of Stripe's API ended.
sealed interface StripeAnswer<T> {

  record Given<T>(T value) implements StripeAnswer<T> {}

  /// Stripe read the request and says no: what was asked for has not happened by it.
  ///
  /// @param code such as `card_declined` or `resource_missing`
  /// @param reason the issuer's, where it is a decline, else `code`
  /// @param intent what the request was about as it is then, where Stripe says so
  record Refused<T>(int status, String code, String reason, @Nullable PaymentIntent intent)
      implements StripeAnswer<T> {

    boolean isDecline() {
      return status == 402;
    }
  }

  /// Nothing is known of what became of it.
  record None<T>(String why) implements StripeAnswer<T> {}
}
