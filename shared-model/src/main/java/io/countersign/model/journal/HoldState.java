package io.countersign.model.journal;

import io.countersign.model.WireName;
import java.util.Set;

/// Whether a hold still takes funds, or how it ended; it ends once.
public enum HoldState implements WireName {
  OPEN,
  CAPTURED,
  RELEASED,
  EXPIRED;

  /// The one table of transitions: where a hold may go from here.
  public Set<HoldState> next() {
    return this == OPEN ? Set.of(CAPTURED, RELEASED, EXPIRED) : Set.of();
  }
}
