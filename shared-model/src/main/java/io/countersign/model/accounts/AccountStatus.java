package io.countersign.model.accounts;

import io.countersign.model.WireName;

/// Whether an account takes new entries.
public enum AccountStatus implements WireName {
  OPEN,
  FROZEN,
  CLOSED
}
