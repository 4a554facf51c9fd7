package io.countersign.server.reconciliation.cases;

import java.util.UUID;

/// What an exception is about. While one about it is unresolved, there is no second.
///
/// @param text unique within a ledger
public record Subject(String text) {

  public static Subject line(UUID line) {
    return new Subject("line:" + line);
  }

  public static Subject transaction(UUID account, UUID transaction) {
    return new Subject("transaction:" + account + ":" + transaction);
  }

  /// An account whose statement is missing.
  public static Subject statement(UUID account) {
    return new Subject("statement:" + account);
  }
}
