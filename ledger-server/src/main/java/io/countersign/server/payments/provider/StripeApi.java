package io.countersign.server.payments.provider;

import com.stripe.StripeClient;
import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.CardException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.BalanceTransaction;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.model.StripeCollection;
import com.stripe.model.StripeError;
import com.stripe.net.RequestOptions;
import com.stripe.param.BalanceTransactionListParams;
import com.stripe.param.PaymentIntentConfirmParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentIntentSearchParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The part of Stripe's API that payments need, through Stripe's own library and with its answers
/// sorted into what is known and what is not. Words for people are ours: Stripe's may name a key.
final class StripeApi implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StripeApi.class);

  @FunctionalInterface
  private interface Call<T> {
    T with(RequestOptions options) throws StripeException;
  }

  private final StripeTransport transport = new StripeTransport();
  private final StripeClient client;

  StripeApi(URI base, String secretKey) {
    String address = base.toString();
    this.client =
        StripeClient.builder()
            .setApiKey(secretKey)
            .setApiBase(
                address.endsWith("/") ? address.substring(0, address.length() - 1) : address)
            .setMaxNetworkRetries(0)
            .setHttpClient(transport)
            .build();
  }

  StripeAnswer<PaymentIntent> create(
      PaymentIntentCreateParams params, String key, Deadline deadline) {
    return call(key, deadline, it -> client.v1().paymentIntents().create(params, it));
  }

  StripeAnswer<PaymentIntent> confirm(String id, String key, Deadline deadline) {
    // Nobody is there to authenticate: what would wait for a person is a decline.
    PaymentIntentConfirmParams params =
        PaymentIntentConfirmParams.builder().setErrorOnRequiresAction(true).build();
    return call(key, deadline, it -> client.v1().paymentIntents().confirm(id, params, it));
  }

  StripeAnswer<PaymentIntent> retrieve(String id, Deadline deadline) {
    return call(null, deadline, it -> client.v1().paymentIntents().retrieve(id, it));
  }

  // Under no key of ours: a refusal would be repeated to us for a day though the state has changed.
  StripeAnswer<PaymentIntent> cancel(String id, Deadline deadline) {
    return call(null, deadline, it -> client.v1().paymentIntents().cancel(id, it));
  }

  StripeAnswer<List<PaymentIntent>> search(String query, Deadline deadline) {
    PaymentIntentSearchParams params = PaymentIntentSearchParams.builder().setQuery(query).build();
    return call(
        null, deadline, it -> listed(client.v1().paymentIntents().search(params, it).getData()));
  }

  StripeAnswer<Refund> refund(RefundCreateParams params, String key, Deadline deadline) {
    return call(key, deadline, it -> client.v1().refunds().create(params, it));
  }

  StripeAnswer<StripeCollection<Refund>> refunds(RefundListParams params, Deadline deadline) {
    return call(null, deadline, it -> client.v1().refunds().list(params, it));
  }

  StripeAnswer<StripeCollection<BalanceTransaction>> balanceTransactions(
      BalanceTransactionListParams params, Deadline deadline) {
    return call(null, deadline, it -> client.v1().balanceTransactions().list(params, it));
  }

  private static <T> List<T> listed(@Nullable List<T> data) {
    return data == null ? List.of() : data;
  }

  private static <T> StripeAnswer<T> call(@Nullable String key, Deadline deadline, Call<T> call) {
    RequestOptions.RequestOptionsBuilder options =
        RequestOptions.builder().setReadTimeout(deadline.leftMillis());
    if (key != null) {
      options.setIdempotencyKey(key);
    }
    try {
      return new StripeAnswer.Given<>(call.with(options.build()));
    } catch (StripeException e) {
      return sorted(e);
    } catch (RuntimeException e) {
      // The library trips over bodies that are JSON and not Stripe's, each in its own way. The
      // request was sent, so nothing is known.
      LOG.warn("Stripe's library cannot read an answer: {}", e.getClass().getName());
      return new StripeAnswer.None<>("an unreadable answer");
    }
  }

  private static <T> StripeAnswer<T> sorted(StripeException e) {
    return switch (e) {
      case ApiConnectionException unanswered ->
          new StripeAnswer.None<>(Objects.requireNonNullElse(unanswered.getMessage(), "no answer"));
      // Nobody's card is to blame, so nobody's payment is declined for it.
      // A PermissionException is one of these.
      case AuthenticationException _ ->
          new StripeAnswer.None<>(
              "Stripe refuses the API key (HTTP "
                  + e.getStatusCode()
                  + "): see countersign.stripe.secret-key");
      case IdempotencyException _ ->
          new StripeAnswer.None<>("Stripe has something else under this key");
      case CardException declined -> refused(declined, declined.getDeclineCode());
      case InvalidRequestException invalid -> refused(invalid, null);
      default -> new StripeAnswer.None<>("Stripe answers HTTP " + e.getStatusCode());
    };
  }

  private static <T> StripeAnswer<T> refused(StripeException e, @Nullable String reason) {
    StripeError error = e.getStripeError();
    String code = e.getCode() == null ? "refused" : e.getCode();
    return new StripeAnswer.Refused<>(
        e.getStatusCode(),
        code,
        reason == null ? code : reason,
        error == null ? null : error.getPaymentIntent());
  }

  @Override
  public void close() {
    transport.close();
  }
}
