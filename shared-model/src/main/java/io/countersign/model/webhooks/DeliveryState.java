package io.countersign.model.webhooks;

import io.countersign.model.WireName;

/// What became of an event at one endpoint.
public enum DeliveryState implements WireName {
  /// Queued, on its way, held back by an earlier one of the same object, or waiting to be retried.
  PENDING,
  DELIVERED,
  /// Given up; it goes out again when somebody replays it.
  DEAD
}
