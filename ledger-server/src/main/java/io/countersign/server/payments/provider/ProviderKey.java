package io.countersign.server.payments.provider;

import io.countersign.model.id.PaymentId;
import io.countersign.model.id.RefundId;

/// The key under which a provider is asked for one effect, at every send of it.
///
/// Derived from what we call the effect, so that nobody can ask for the same effect under another.
public record ProviderKey(String value) {

  /// The one charge of a payment.
  public static ProviderKey ofCharge(PaymentId payment) {
    return new ProviderKey(payment + "-charge");
  }

  /// The one refund that `refund` stands for.
  public static ProviderKey ofRefund(RefundId refund) {
    return new ProviderKey(refund + "-refund");
  }

  /// The giving back of a charge that the books refused.
  public static ProviderKey ofReversal(PaymentId payment) {
    return new ProviderKey(payment + "-reversal");
  }

  @Override
  public String toString() {
    return value;
  }
}
