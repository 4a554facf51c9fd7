package io.countersign.server.outbox.delivery;

import io.countersign.model.id.EventId;
import java.time.Instant;
import java.util.UUID;

/// A delivery that this server has claimed and is to send now.
///
/// @param claim what the outcome is written under; somebody else has claimed it anew when it is no
///   longer the row's
/// @param number the event's place in the order of its object
/// @param data JSON
/// @param attempts this one included
record Due(
    UUID claim,
    long number,
    EventId event,
    String type,
    String subject,
    String data,
    Instant occurredAt,
    Instant queuedAt,
    int attempts) {}
