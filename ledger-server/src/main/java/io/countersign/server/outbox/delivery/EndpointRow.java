package io.countersign.server.outbox.delivery;

import io.countersign.model.id.WebhookEndpointId;
import io.countersign.model.webhooks.WebhookEndpoint;
import io.countersign.model.webhooks.WebhookEndpointState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An endpoint as it is stored.
///
/// @param ledgerCode as deliveries name the ledger; it never changes
/// @param secret closed by [SecretBox]
/// @param previousSecret closed, too; signs until `previousUntil`
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

  EndpointKey key() {
    return new EndpointKey(ledger, id);
  }

  /// The secrets that sign now, the newest first; empty when the newest was closed under another
  /// key than that of `box`.
  List<String> secrets(SecretBox box, Instant now) {
    List<String> secrets = new ArrayList<>();
    box.open(key(), secret).ifPresent(secrets::add);
    if (!secrets.isEmpty() && previousSecret != null && isBefore(now)) {
      box.open(key(), previousSecret).ifPresent(secrets::add);
    }
    return secrets;
  }

  /// Whether no secret is stored as it is.
  boolean isClosed() {
    return SecretBox.isClosed(secret)
        && (previousSecret == null || SecretBox.isClosed(previousSecret));
  }

  EndpointRow closed(SecretBox box) {
    return with(closed(box, secret), previousSecret == null ? null : closed(box, previousSecret));
  }

  private String closed(SecretBox box, String stored) {
    return SecretBox.isClosed(stored) ? stored : box.close(key(), stored);
  }

  private EndpointRow with(String newSecret, @Nullable String newPrevious) {
    return new EndpointRow(
        ledger,
        id,
        ledgerCode,
        url,
        events,
        state,
        disabledReason,
        newSecret,
        newPrevious,
        previousUntil,
        createdAt,
        createdBy);
  }

  private boolean isBefore(Instant now) {
    return previousUntil != null && now.isBefore(previousUntil);
  }

  /// @param fresh closed
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
