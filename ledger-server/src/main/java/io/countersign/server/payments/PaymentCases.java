package io.countersign.server.payments;

import io.countersign.model.payments.Payment;

/// The queue of people's work, as far as payments fill it. Its keeper implements this; each call is
/// part of the commit that makes it so, with the payment's row locked.
public interface PaymentCases {

  /// Its charge, or a refund of it, is still unknown though the deadline is over. Said at every
  /// check from then on.
  void unconfirmed(int ledger, Payment payment);

  /// It is known now what became of it.
  void confirmed(int ledger, Payment payment);

  /// The provider charged or refunded the card after it was taken for certain that it did not.
  void lateSuccess(int ledger, Payment payment);

  /// The provider declined after it was taken for certain that it charged or refunded.
  void lateDecline(int ledger, Payment payment);

  /// A charge that came too late is refunded, so nobody owes anybody anything.
  void lateSuccessRefunded(int ledger, Payment payment);
}
