package io.countersign.model.journal;

import io.countersign.model.WireName;

/// Whether transactions can be posted into a month.
public enum PeriodState implements WireName {
  OPEN,
  CLOSED
}
