package io.countersign.server.payments.provider;

import com.google.gson.JsonObject;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.net.ApiResource;
import com.stripe.net.Webhook;
import io.countersign.model.Money;
import io.countersign.server.payments.provider.ProviderEvent.AboutCharge;
import io.countersign.server.payments.provider.ProviderEvent.AboutRefund;
import io.countersign.server.payments.provider.ProviderEvent.OfNoConsequence;
import io.countersign.server.payments.provider.ProviderReply.Charged;
import io.countersign.server.payments.provider.ProviderReply.Declined;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what Stripe calls back with: `Stripe-Signature` over the raw body, at most five minutes
/// from now on either side.
final class StripeEvents {

  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final Pattern TIME = Pattern.compile("(?:^|,)t=([0-9]{1,12})(?:,|$)");
  private static final int HEADER_LONGEST = 4096;

  private final List<String> secrets;
  private final Clock clock;

  /// @param secrets of the endpoint; two while one replaces the other. With none nothing is genuine
  StripeEvents(List<String> secrets, Clock clock) {
    this.secrets = List.copyOf(secrets);
    this.clock = clock;
  }

  Optional<ProviderEvent> read(WebhookDelivery delivery) {
    String header = delivery.header("Stripe-Signature");
    Optional<String> body = utf8(delivery.body());
    if (body.isEmpty() || !isRecent(header) || !isGenuine(body.get(), header)) {
      return Optional.empty();
    }
    return Optional.of(parsed(body.get()));
  }

  private boolean isRecent(String header) {
    Matcher time = TIME.matcher(header);
    if (header.length() > HEADER_LONGEST || !time.find()) {
      return false;
    }
    Instant sent = Instant.ofEpochSecond(Long.parseLong(time.group(1)));
    return Duration.between(sent, clock.instant()).abs().compareTo(TOLERANCE) <= 0;
  }

  private boolean isGenuine(String body, String header) {
    return secrets.stream().anyMatch(secret -> isSigned(body, header, secret));
  }

  private boolean isSigned(String body, String header, String secret) {
    try {
      return Webhook.Signature.verifyHeader(body, header, secret, TOLERANCE.toSeconds(), clock);
    } catch (SignatureVerificationException | ArrayIndexOutOfBoundsException notSigned) {
      // The library takes "v1" without "=" for granted to have a value.
      return false;
    }
  }

  /// Genuine from here on. What cannot be read is of no consequence, so that Stripe stops sending
  /// it; the checks learn of the payment all the same.
  private static ProviderEvent parsed(String body) {
    try {
      JsonObject event = ApiResource.GSON.fromJson(body, JsonObject.class);
      String id = text(event, "id");
      String type = text(event, "type");
      if (id == null || type == null || !(event.get("data") instanceof JsonObject data)) {
        return new OfNoConsequence("unreadable");
      }
      return (data.get("object") instanceof JsonObject object
              ? event(id, type, object)
              : Optional.<ProviderEvent>empty())
          .orElseGet(() -> new OfNoConsequence(id));
    } catch (RuntimeException unreadable) {
      // The library trips over what is JSON and not Stripe's, each time in another way.
      return new OfNoConsequence("unreadable");
    }
  }

  private static @Nullable String text(@Nullable JsonObject event, String field) {
    return event != null && event.has(field) && event.get(field).isJsonPrimitive()
        ? event.get(field).getAsString()
        : null;
  }

  private static Optional<ProviderEvent> event(String id, String type, JsonObject object) {
    return switch (type) {
      case "payment_intent.succeeded", "payment_intent.payment_failed", "payment_intent.canceled" ->
          aboutCharge(id, ApiResource.GSON.fromJson(object, PaymentIntent.class));
      case "refund.created", "refund.updated", "refund.failed", "charge.refund.updated" ->
          aboutRefund(id, ApiResource.GSON.fromJson(object, Refund.class));
      default -> Optional.empty();
    };
  }

  private static Optional<ProviderEvent> aboutCharge(String id, PaymentIntent intent) {
    String key = StripeIntents.key(intent.getMetadata());
    Optional<Money> amount = StripeAmount.money(intent.getAmount(), intent.getCurrency());
    if (key == null || intent.getId() == null || amount.isEmpty()) {
      return Optional.empty();
    }
    ChargeOrder about =
        new ChargeOrder("", new ProviderKey(key), amount.get(), "", null, null, null);
    return switch (StripeIntents.judge(intent, about, Duration.ZERO)) {
      case Charged charged ->
          Optional.of(new AboutCharge(id, about.key(), about.amount(), charged));
      case Declined declined ->
          Optional.of(new AboutCharge(id, about.key(), about.amount(), declined));
      default -> Optional.empty();
    };
  }

  private static Optional<ProviderEvent> aboutRefund(String id, Refund refund) {
    String key = StripeIntents.key(refund.getMetadata());
    Optional<Money> amount = StripeAmount.money(refund.getAmount(), refund.getCurrency());
    if (key == null || refund.getId() == null || amount.isEmpty()) {
      return Optional.empty();
    }
    return switch (String.valueOf(refund.getStatus())) {
      case "succeeded" ->
          Optional.of(
              new AboutRefund(
                  id, new ProviderKey(key), amount.get(), StripeRefunds.refunded(refund)));
      case "failed", "canceled" ->
          Optional.of(
              new AboutRefund(
                  id,
                  new ProviderKey(key),
                  amount.get(),
                  new Declined(StripeRefunds.reason(refund))));
      default -> Optional.empty();
    };
  }

  private static Optional<String> utf8(byte[] body) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
