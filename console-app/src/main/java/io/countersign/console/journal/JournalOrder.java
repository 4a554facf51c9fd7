package io.countersign.console.journal;

import io.countersign.model.WireName;

/// In which order the server lists transactions.
public enum JournalOrder implements WireName {
  NEWEST,
  OLDEST
}
