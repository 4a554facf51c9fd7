package io.countersign.model.reconciliation;

import io.countersign.model.WireName;

/// What became of a statement line.
public enum LineState implements WireName {
  UNMATCHED,
  AWAITING,
  MATCHED,
  EXCEPTED
}
