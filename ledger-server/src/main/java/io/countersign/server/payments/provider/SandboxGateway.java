package io.countersign.server.payments.provider;

import io.countersign.model.Money;
import io.countersign.server.payments.provider.PatientHttp.Outcome;
import io.countersign.server.payments.provider.ProviderReply.Charged;
import io.countersign.server.payments.provider.ProviderReply.Declined;
import io.countersign.server.payments.provider.ProviderReply.NoAnswer;
import io.countersign.server.payments.provider.ProviderReply.NotFound;
import io.countersign.server.payments.provider.ProviderReply.Refunded;
import io.countersign.server.payments.provider.SandboxAnswer.Subject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The sandbox acquirer as a provider (`docs/sandbox.md`).
final class SandboxGateway implements ProviderGateway, AutoCloseable {

  static final String NAME = "sandbox";

  private final URI base;
  private final SandboxProperties properties;
  private final CallbackAddress callback;
  private final SandboxEvents events;
  private final PatientHttp http = new PatientHttp(status -> false);

  SandboxGateway(
      URI base, SandboxProperties properties, CallbackAddress callback, WebhookVerifier verifier) {
    this.base = base;
    this.properties = properties;
    this.callback = callback;
    this.events = new SandboxEvents(verifier);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Duration keyLifetime() {
    return properties.keyLifetime();
  }

  @Override
  public Duration visibilityDelay() {
    return properties.visibilityDelay();
  }

  @Override
  public ProviderReply.ToCharge charge(ChargeOrder order) {
    Map<String, Object> body = body(order.amount(), order.ledger());
    body.put("paymentMethod", order.paymentMethod());
    putUnlessNull(body, "reference", order.reference());
    putUnlessNull(body, "description", order.description());
    Asked asked = submit(Subject.CHARGE, "/v1/charges", order.key(), order.amount(), body);
    return switch (asked.answer()) {
      case SandboxAnswer.Moved moved -> charged(moved);
      case SandboxAnswer.Declined declined -> new Declined(declined.code());
      case SandboxAnswer.Cancelled _ -> new Declined(Declined.CANCELLED);
      case SandboxAnswer.NoSuch _, SandboxAnswer.Unreadable _ -> asked.none();
    };
  }

  @Override
  public ProviderReply.ToRefund refund(RefundOrder order) {
    Map<String, Object> body = body(order.amount(), order.ledger());
    body.put("chargeKey", order.charge().value());
    putUnlessNull(body, "description", order.reason());
    Asked asked = submit(Subject.REFUND, "/v1/refunds", order.key(), order.amount(), body);
    return switch (asked.answer()) {
      case SandboxAnswer.Moved moved -> refunded(moved);
      case SandboxAnswer.Declined declined -> new Declined(declined.code());
      case SandboxAnswer.Cancelled _ -> new Declined(Declined.CANCELLED);
      case SandboxAnswer.NoSuch _, SandboxAnswer.Unreadable _ -> asked.none();
    };
  }

  @Override
  public ProviderReply.ToChargeLookup lookUpCharge(ChargeOrder order) {
    Asked asked = lookUp(Subject.CHARGE, "/v1/charges/", order.key(), order.amount());
    return switch (asked.answer()) {
      case SandboxAnswer.Moved moved -> charged(moved);
      case SandboxAnswer.Declined declined -> new Declined(declined.code());
      case SandboxAnswer.Cancelled _ -> new Declined(Declined.CANCELLED);
      case SandboxAnswer.NoSuch _ -> new NotFound();
      case SandboxAnswer.Unreadable _ -> asked.none();
    };
  }

  @Override
  public ProviderReply.ToRefundLookup lookUpRefund(RefundOrder order) {
    Asked asked = lookUp(Subject.REFUND, "/v1/refunds/", order.key(), order.amount());
    return switch (asked.answer()) {
      case SandboxAnswer.Moved moved -> refunded(moved);
      case SandboxAnswer.Declined declined -> new Declined(declined.code());
      case SandboxAnswer.Cancelled _ -> new Declined(Declined.CANCELLED);
      case SandboxAnswer.NoSuch _ -> new NotFound();
      case SandboxAnswer.Unreadable _ -> asked.none();
    };
  }

  @Override
  public ProviderReply.ToChargeCancellation cancelCharge(ChargeOrder order) {
    Asked asked = cancel(Subject.CHARGE, "/v1/charges/", order.key(), order.amount());
    return switch (asked.answer()) {
      case SandboxAnswer.Moved moved -> charged(moved);
      case SandboxAnswer.Declined declined -> new Declined(declined.code());
      case SandboxAnswer.Cancelled _ -> new ProviderReply.Cancelled();
      case SandboxAnswer.NoSuch _, SandboxAnswer.Unreadable _ -> asked.none();
    };
  }

  @Override
  public ProviderReply.ToRefundCancellation cancelRefund(RefundOrder order) {
    Asked asked = cancel(Subject.REFUND, "/v1/refunds/", order.key(), order.amount());
    return switch (asked.answer()) {
      case SandboxAnswer.Moved moved -> refunded(moved);
      case SandboxAnswer.Declined declined -> new Declined(declined.code());
      case SandboxAnswer.Cancelled _ -> new ProviderReply.Cancelled();
      case SandboxAnswer.NoSuch _, SandboxAnswer.Unreadable _ -> asked.none();
    };
  }

  @Override
  public Optional<ProviderEvent> read(WebhookDelivery delivery) {
    return events.read(delivery);
  }

  /// An answer as far as it can be read, beside what is to be said when it cannot.
  private record Asked(SandboxAnswer answer, NoAnswer none) {}

  private Asked submit(
      Subject subject, String path, ProviderKey key, Money amount, Map<String, Object> body) {
    HttpRequest request = post(path, body).header("Idempotency-Key", key.value()).build();
    return ask(subject, request, key, amount, properties.callDeadline());
  }

  private Asked lookUp(Subject subject, String path, ProviderKey key, Money amount) {
    HttpRequest request = HttpRequest.newBuilder(base.resolve(path + key)).GET().build();
    return ask(subject, request, key, amount, properties.lookupDeadline());
  }

  private Asked cancel(Subject subject, String path, ProviderKey key, Money amount) {
    HttpRequest request = post(path + key + "/cancel", Map.of("amount", amount)).build();
    return ask(subject, request, key, amount, properties.lookupDeadline());
  }

  private Asked ask(
      Subject subject, HttpRequest request, ProviderKey key, Money amount, Duration deadline) {
    Outcome outcome = http.send(request, deadline);
    SandboxAnswer answer =
        outcome.last() instanceof Attempt.Answered answered
            ? SandboxAnswer.read(answered, subject, key, amount)
            : new SandboxAnswer.Unreadable();
    return new Asked(answer, new NoAnswer(outcome.waited(), outcome.last().why()));
  }

  private HttpRequest.Builder post(String path, Map<String, Object> body) {
    return HttpRequest.newBuilder(base.resolve(path))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofByteArray(SandboxAnswer.MAPPER.writeValueAsBytes(body)));
  }

  private Map<String, Object> body(Money amount, String ledger) {
    Map<String, Object> body = new HashMap<>();
    body.put("amount", amount);
    body.put("webhookUrl", callback.webhooks(ledger, NAME).toString());
    return body;
  }

  private static void putUnlessNull(
      Map<String, Object> body, String field, @Nullable String value) {
    if (value != null) {
      body.put(field, value);
    }
  }

  private static Charged charged(SandboxAnswer.Moved moved) {
    return new Charged(moved.reference(), moved.at());
  }

  private static Refunded refunded(SandboxAnswer.Moved moved) {
    return new Refunded(moved.reference(), moved.at());
  }

  @Override
  public void close() {
    http.close();
  }
}
