package io.countersign.model.reconciliation;

import io.countersign.model.WireName;

/// How far a reconciliation run is.
public enum RunState implements WireName {
  RUNNING,
  FINISHED,
  FAILED
}
