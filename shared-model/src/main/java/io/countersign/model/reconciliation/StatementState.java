package io.countersign.model.reconciliation;

import io.countersign.model.WireName;

/// Whether a statement takes part in matching.
public enum StatementState implements WireName {
  ACCEPTED,
  QUARANTINED,
  DUPLICATE
}
