package io.countersign.server.payments.provider;

import io.countersign.model.Money;
import io.countersign.server.payments.provider.ProviderEvent.AboutCharge;
import io.countersign.server.payments.provider.ProviderEvent.AboutRefund;
import io.countersign.server.payments.provider.ProviderEvent.OfNoConsequence;
import io.countersign.server.payments.provider.ProviderReply.Charged;
import io.countersign.server.payments.provider.ProviderReply.Declined;
import io.countersign.server.payments.provider.ProviderReply.Refunded;
import io.countersign.server.payments.provider.SandboxAnswer.Subject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads what the sandbox acquirer calls back with.
final class SandboxEvents {

  record Raw(@Nullable String type, SandboxAnswer.@Nullable Raw data) {}

  private final WebhookVerifier verifier;

  SandboxEvents(WebhookVerifier verifier) {
    this.verifier = verifier;
  }

  Optional<ProviderEvent> read(WebhookDelivery delivery) {
    if (!verifier.isGenuine(delivery)) {
      return Optional.empty();
    }
    // The id of the signed header, not of the body: it is what the sender repeats an event under.
    String id = delivery.header("webhook-id");
    String body = new String(delivery.body(), StandardCharsets.UTF_8);
    return Optional.of(
        SandboxAnswer.parse(body, Raw.class)
            .flatMap(raw -> event(id, raw))
            .orElseGet(() -> new OfNoConsequence(id)));
  }

  private static Optional<ProviderEvent> event(String id, Raw raw) {
    SandboxAnswer.Raw data = raw.data();
    if (data == null || data.key() == null) {
      return Optional.empty();
    }
    ProviderKey key = new ProviderKey(data.key());
    return data.money()
        .flatMap(
            amount ->
                switch (raw.type()) {
                  case "charge.succeeded", "charge.declined" -> aboutCharge(id, key, amount, data);
                  case "refund.succeeded", "refund.declined" -> aboutRefund(id, key, amount, data);
                  case null, default -> Optional.empty();
                });
  }

  private static Optional<ProviderEvent> aboutCharge(
      String id, ProviderKey key, Money amount, SandboxAnswer.Raw data) {
    return switch (data.outcome(Subject.CHARGE)) {
      case SandboxAnswer.Moved moved ->
          Optional.of(new AboutCharge(id, key, amount, new Charged(moved.reference(), moved.at())));
      case SandboxAnswer.Declined declined ->
          Optional.of(new AboutCharge(id, key, amount, new Declined(declined.code())));
      default -> Optional.empty();
    };
  }

  private static Optional<ProviderEvent> aboutRefund(
      String id, ProviderKey key, Money amount, SandboxAnswer.Raw data) {
    return switch (data.outcome(Subject.REFUND)) {
      case SandboxAnswer.Moved moved ->
          Optional.of(
              new AboutRefund(id, key, amount, new Refunded(moved.reference(), moved.at())));
      case SandboxAnswer.Declined declined ->
          Optional.of(new AboutRefund(id, key, amount, new Declined(declined.code())));
      default -> Optional.empty();
    };
  }
}
