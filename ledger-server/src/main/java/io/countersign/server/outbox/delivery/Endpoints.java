package io.countersign.server.outbox.delivery;

import io.countersign.model.UuidV7;
import io.countersign.model.id.EventId;
import io.countersign.model.id.WebhookEndpointId;
import io.countersign.model.webhooks.DeliveryState;
import io.countersign.model.webhooks.WebhookDelivery;
import io.countersign.model.webhooks.WebhookEndpoint;
import io.countersign.model.webhooks.WebhookEndpointRequest;
import io.countersign.model.webhooks.WebhookEndpointState;
import io.countersign.server.api.Caller;
import io.countersign.server.api.Cursor;
import io.countersign.server.api.FieldChecks;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.Page;
import io.countersign.server.api.PageRequest;
import io.countersign.server.api.Problem;
import io.countersign.server.api.Problems;
import io.countersign.server.audit.AuditChange;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.outbox.EventTypes;
import io.countersign.webhook.WebhookSignature;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The endpoints of a ledger. Methods that change something run within the caller's transaction.
@Component
class Endpoints {

  private static final UUID BEFORE_ALL = new UUID(0, 0);
  private static final int EVENTS_MAX = 64;

  private final EndpointStore store;
  private final DeliveryStore deliveries;
  private final SecretBox box;
  private final NetworkRules rules;
  private final WebhookSettings settings;
  private final AuditLog audit;
  private final UuidV7 ids;
  private final Clock clock;

  Endpoints(
      EndpointStore store,
      DeliveryStore deliveries,
      SecretBox box,
      NetworkRules rules,
      WebhookSettings settings,
      AuditLog audit,
      UuidV7 ids,
      Clock clock) {
    this.store = store;
    this.deliveries = deliveries;
    this.box = box;
    this.rules = rules;
    this.settings = settings;
    this.audit = audit;
    this.ids = ids;
    this.clock = clock;
  }

  /// @throws io.countersign.server.api.ProblemException 400 `invalid-request`
  void check(WebhookEndpointRequest request) {
    FieldChecks checks = new FieldChecks();
    EndpointUrl.check(checks, request.url(), rules);
    checks.size("events", request.events(), 1, EVENTS_MAX);
    for (int i = 0; i < request.events().size(); i++) {
      @Nullable String asked = request.events().get(i);
      checks.that(
          asked != null && EventTypes.isPattern(asked),
          "events[" + i + "]",
          "is no type of event; there are "
              + String.join(", ", EventTypes.all())
              + ", whole kinds such as payment.*, and *");
    }
    checks.orThrow();
  }

  /// Looks the host up: with no transaction open. The refusal is thrown where the key is kept.
  @Nullable Problem refusal(WebhookEndpointRequest request) {
    return EndpointUrl.refusal(String.valueOf(request.url()), rules).orElse(null);
  }

  /// @return the endpoint with its secret, which is shown nowhere else
  WebhookEndpoint create(LedgerScope ledger, Caller caller, WebhookEndpointRequest request) {
    if (store.count(ledger.id()) >= settings.endpointsMax()) {
      throw Problem.of(
              "too-many-endpoints",
              422,
              "A ledger has at most " + settings.endpointsMax() + " endpoints; delete one first.")
          .asException();
    }
    WebhookEndpointId id = new WebhookEndpointId(ids.next());
    String secret = WebhookSignature.newSecret();
    EndpointRow row =
        new EndpointRow(
            ledger.id(),
            id,
            ledger.code(),
            String.valueOf(request.url()),
            request.events().stream().distinct().toList(),
            WebhookEndpointState.ENABLED,
            null,
            box.close(new EndpointKey(ledger.id(), id), secret),
            null,
            null,
            clock.instant(),
            caller.name());
    store.insert(row);
    WebhookEndpoint made = row.toModel(0, 0, row.createdAt());
    audit.write(
        ledger.id(),
        caller,
        AuditChange.made("webhook-endpoint.create", "webhook_endpoint", row.id().toString(), made));
    return made.withSecret(secret);
  }

  /// @throws io.countersign.server.api.ProblemException 404 `not-found`
  WebhookEndpoint get(LedgerScope ledger, WebhookEndpointId id) {
    return view(store.find(ledger.id(), id).orElseThrow(() -> notFound(id)));
  }

  Page<WebhookEndpoint> page(LedgerScope ledger, PageRequest page) {
    String cursor = page.after();
    UUID after = cursor == null ? BEFORE_ALL : uuid(Cursor.read(cursor, 1).getFirst());
    List<EndpointRow> rows = store.page(ledger.id(), after, page.limit() + 1);
    return Page.of(rows, page.limit(), it -> Cursor.of(it.id().uuid())).map(this::view);
  }

  void delete(LedgerScope ledger, Caller caller, WebhookEndpointId id) {
    EndpointRow row = lock(ledger, id);
    if (!store.delete(ledger.id(), id)) {
      throw new IllegalStateException(id + " went away under its lock");
    }
    audit.write(
        ledger.id(),
        caller,
        new AuditChange(
            "webhook-endpoint.delete", "webhook_endpoint", id.toString(), view(row), null));
  }

  /// @return the endpoint with its new secret
  WebhookEndpoint rotateSecret(LedgerScope ledger, Caller caller, WebhookEndpointId id) {
    EndpointRow before = lock(ledger, id);
    String secret = WebhookSignature.newSecret();
    EndpointRow after =
        before.rotated(
            box.close(before.key(), secret), clock.instant().plus(settings.secretOverlap()));
    if (!store.rotate(after)) {
      throw new IllegalStateException(id + " went away under its lock");
    }
    WebhookEndpoint shown = view(after);
    changed(ledger.id(), caller, "webhook-endpoint.rotate-secret", view(before), shown);
    return shown.withSecret(secret);
  }

  /// @throws io.countersign.server.api.ProblemException 409 `wrong-state` when it is enabled
  WebhookEndpoint enable(LedgerScope ledger, Caller caller, WebhookEndpointId id) {
    EndpointRow before = lock(ledger, id);
    EndpointKey key = new EndpointKey(ledger.id(), id);
    if (!store.move(key, WebhookEndpointState.DISABLED, WebhookEndpointState.ENABLED, null)) {
      throw Problems.wrongState(before.state().wire(), "The endpoint is enabled already.")
          .asException();
    }
    WebhookEndpoint after = get(ledger, id);
    changed(ledger.id(), caller, "webhook-endpoint.enable", view(before), after);
    return after;
  }

  /// The endpoint said that it is gone. Two servers may hear it at once; one of them notes it.
  void disable(EndpointRow endpoint, String reason) {
    EndpointKey key = new EndpointKey(endpoint.ledger(), endpoint.id());
    if (store.move(key, WebhookEndpointState.ENABLED, WebhookEndpointState.DISABLED, reason)) {
      EndpointRow after = store.find(key.ledger(), key.id()).orElseThrow();
      changed(key.ledger(), Caller.SYSTEM, "webhook-endpoint.disable", view(endpoint), view(after));
    }
  }

  /// @throws io.countersign.server.api.ProblemException 404 `not-found`
  Page<WebhookDelivery> deliveries(
      LedgerScope ledger, WebhookEndpointId id, @Nullable DeliveryState state, PageRequest page) {
    EndpointKey key = key(ledger, id);
    long before = page.after() == null ? Long.MAX_VALUE : Cursor.number(page.after());
    List<DeliveryStore.Numbered> rows = deliveries.page(key, state, before, page.limit() + 1);
    return Page.of(rows, page.limit(), it -> Cursor.of(it.number()))
        .map(DeliveryStore.Numbered::delivery);
  }

  /// Queues a delivery again that has ended; one that waits for its next attempt goes at once.
  ///
  /// @throws io.countersign.server.api.ProblemException 404 `not-found`, 409 `wrong-state` when the
  ///   endpoint is disabled
  WebhookDelivery replay(LedgerScope ledger, Caller caller, WebhookEndpointId id, EventId event) {
    EndpointRow endpoint = lock(ledger, id);
    if (endpoint.state() != WebhookEndpointState.ENABLED) {
      throw Problems.wrongState(
              endpoint.state().wire(), "The endpoint is disabled; enable it before a replay.")
          .asException();
    }
    EndpointKey key = new EndpointKey(ledger.id(), id);
    DeliveryStore.Numbered before =
        deliveries
            .lock(key, event)
            .orElseThrow(() -> Problems.notFound("delivery of " + event).asException());
    Instant now = clock.instant();
    if (!deliveries.replay(key, before.number(), now)) {
      deliveries.hurry(key, before.number(), now);
    }
    WebhookDelivery after = deliveries.find(key, event).orElseThrow().delivery();
    audit.write(
        ledger.id(),
        caller,
        AuditChange.changed(
            "webhook-delivery.replay",
            "webhook_endpoint",
            id.toString(),
            before.delivery(),
            after));
    return after;
  }

  private void changed(
      int ledger, Caller caller, String action, WebhookEndpoint before, WebhookEndpoint after) {
    audit.write(
        ledger,
        caller,
        AuditChange.changed(action, "webhook_endpoint", after.id().toString(), before, after));
  }

  private EndpointRow lock(LedgerScope ledger, WebhookEndpointId id) {
    return store.lock(ledger.id(), id).orElseThrow(() -> notFound(id));
  }

  private EndpointKey key(LedgerScope ledger, WebhookEndpointId id) {
    EndpointRow row = store.find(ledger.id(), id).orElseThrow(() -> notFound(id));
    return new EndpointKey(row.ledger(), row.id());
  }

  private WebhookEndpoint view(EndpointRow row) {
    DeliveryStore.Counts counts = deliveries.counts(new EndpointKey(row.ledger(), row.id()));
    return row.toModel(counts.pending(), counts.dead(), clock.instant());
  }

  private static RuntimeException notFound(WebhookEndpointId id) {
    return Problems.notFound("webhook endpoint " + id).asException();
  }

  private static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw Problems.invalidRequest("after", "is not a cursor of this list").asException();
    }
  }
}
