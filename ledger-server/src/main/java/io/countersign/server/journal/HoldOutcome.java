package io.countersign.server.journal;

import io.countersign.model.WireName;

/// How a hold ends; it ends once.
public enum HoldOutcome implements WireName {
  CAPTURED,
  RELEASED,
  EXPIRED
}
