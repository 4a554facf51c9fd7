package io.countersign.server.reconciliation.cases;

import io.countersign.model.id.PaymentId;
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

  /// A payment that nobody knows the outcome of.
  public static Subject payment(PaymentId payment) {
    return new Subject("payment:" + payment.uuid());
  }

  /// A payment whose provider says something else than what people had decided.
  public static Subject contradiction(PaymentId payment) {
    return new Subject("contradiction:" + payment.uuid());
  }

  /// An account whose statement is missing.
  public static Subject statement(UUID account) {
    return new Subject("statement:" + account);
  }
}
