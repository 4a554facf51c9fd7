package io.countersign.server.api;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;

/// The ledger a request is about, already found and seen by the caller. Controllers take it as a
/// parameter.
///
/// @param id the `ledger_id` of every row; 0 is the server itself and no ledger
/// @param timeZone decides which accounting day an instant belongs to
public record LedgerScope(int id, String code, ZoneId timeZone) {

  /// What belongs to no ledger, such as users.
  public static final LedgerScope SERVER = new LedgerScope(0, "", java.time.ZoneOffset.UTC);

  public LocalDate today(Clock clock) {
    return clock.instant().atZone(timeZone).toLocalDate();
  }
}
