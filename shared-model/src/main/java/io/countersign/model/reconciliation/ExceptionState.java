package io.countersign.model.reconciliation;

import io.countersign.model.WireName;

/// How far the work on an exception is.
public enum ExceptionState implements WireName {
  OPEN,
  ASSIGNED,
  AWAITING_APPROVAL,
  RESOLVED
}
