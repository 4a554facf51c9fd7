package io.countersign.model.reconciliation;

import io.countersign.model.WireName;

/// Who sends the statements.
public enum SourceKind implements WireName {
  BANK,
  ACQUIRER
}
