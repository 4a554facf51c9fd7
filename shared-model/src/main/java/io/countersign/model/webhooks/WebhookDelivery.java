package io.countersign.model.webhooks;

import io.countersign.model.id.EventId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An event on its way to one endpoint.
///
/// @param eventId also sent as `webhook-id`, the same at every attempt
/// @param subject the id of the object that the event is about; deliveries keep the order of its
///   events
/// @param attempts calls made so far, since it was queued or replayed
/// @param nextAttemptAt not before this; null when none follows
/// @param lastStatus the HTTP status of the last answer; null when there was none
/// @param lastError why the last attempt failed; null when none did
/// @param finishedAt when it was delivered or given up
public record WebhookDelivery(
    EventId eventId,
    String type,
    String subject,
    Instant occurredAt,
    DeliveryState state,
    int attempts,
    @Nullable Instant nextAttemptAt,
    @Nullable Integer lastStatus,
    @Nullable String lastError,
    @Nullable Instant finishedAt) {}
