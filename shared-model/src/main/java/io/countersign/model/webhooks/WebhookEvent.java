package io.countersign.model.webhooks;

import io.countersign.model.id.EventId;
import java.time.Instant;

/// The body of a delivery.
///
/// @param id the same at every attempt and every replay: who has seen it before ignores it
/// @param type such as `payment.succeeded`
/// @param ledger its code
/// @param data the object as it was in the commit that the event tells of, as `GET` would have
///   shown it
public record WebhookEvent(
    EventId id, String type, Instant occurredAt, String ledger, Object data) {}
