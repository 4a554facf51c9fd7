package io.countersign.model.reconciliation;

/// Which days are business days.
public enum BusinessCalendar {
  WEEKDAYS,
  TARGET,
  US,
  UK
}
