package io.countersign.server.outbox.delivery;

import io.countersign.model.id.WebhookEndpointId;
import io.countersign.model.webhooks.WebhookEndpoint;
import io.countersign.model.webhooks.WebhookEndpointState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An endpoint as it is stored.
///
/// @param ledgerCode as deliveries name the ledger; it never changes
/// @param previousSecret signs, too, until `previousUntil`
record EndpointRow(
    int ledger,
    WebhookEndpointId id,
    String ledgerCode,
    String url,
    List<String> events,
    WebhookEndpointState state,
    @Nullable String disabledReason,
    String secret,
    @Nullable String previousSecret,
    @Nullable Instant previousUntil,
    Instant createdAt,
    String createdBy) {

  EndpointRow {
    events = List.copyOf(events);
  }

  /// The secrets that sign now, the newest first.
  List<String> secrets(Instant now) {
    return previousSecret != null && isBefore(now)
        ? List.of(secret, previousSecret)
        : List.of(secret);
  }

  private boolean isBefore(Instant now) {
    return previousUntil != null && now.isBefore(previousUntil);
  }

  EndpointRow rotated(String fresh, Instant until) {
    return new EndpointRow(
        ledger,
        id,
        ledgerCode,
        url,
        events,
        state,
        disabledReason,
        fresh,
        secret,
        until,
        createdAt,
        createdBy);
  }

  /// As callers see it, without the secret.
  WebhookEndpoint toModel(long pending, long dead, Instant now) {
    return new WebhookEndpoint(
        id,
        url,
        events,
        state,
        disabledReason,
        createdAt,
        createdBy,
        isBefore(now) ? previousUntil : null,
        pending,
        dead,
        null);
  }

  /// Without the secrets: this may end up in a log.
  @Override
  public String toString() {
    return "EndpointRow[" + id + "]";
  }
}
