package io.countersign.server.accounts;

import io.countersign.server.api.LedgerScope;
import java.time.Instant;
import java.time.ZoneId;

/// One legal entity's books. Code and time zone never change.
public record Ledger(int id, String code, String name, ZoneId timeZone, Instant createdAt) {

  public LedgerScope scope() {
    return new LedgerScope(id, code, timeZone);
  }
}
