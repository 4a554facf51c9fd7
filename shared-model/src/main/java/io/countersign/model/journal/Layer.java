package io.countersign.model.journal;

import io.countersign.model.WireName;

/// Whether an entry counts in the books or only reserves.
public enum Layer implements WireName {
  POSTED,
  PENDING
}
