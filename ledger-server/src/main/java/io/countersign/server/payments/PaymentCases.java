package io.countersign.server.payments;

import io.countersign.model.payments.Payment;

/// The queue of people's work, as far as payments fill it. Its keeper implements this; each call is
/// part of the commit that makes it so, with the payment's row locked.
public interface PaymentCases {

  /// Its charge is still unknown though its deadline is over. Said at every check from then on.
  void unconfirmed(int ledger, Payment payment);

  /// It is known now what became of it.
  void confirmed(int ledger, Payment payment);

  /// The provider charged the card after people had decided that it did not.
  void lateSuccess(int ledger, Payment payment);

  /// The provider declined after people had decided that it charged.
  void lateDecline(int ledger, Payment payment);
}
