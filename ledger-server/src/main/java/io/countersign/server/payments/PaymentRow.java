package io.countersign.server.payments;

import io.countersign.model.Money;
import io.countersign.model.id.PaymentId;
import io.countersign.model.payments.PaymentState;
import io.countersign.server.payments.provider.ProviderKey;
import io.countersign.server.payments.provider.ProviderReference;
import org.jspecify.annotations.Nullable;

/// A payment as it is stored.
///
/// @param version counts its events; every change is guarded by it
record PaymentRow(PaymentTerms terms, PaymentStatus status, long version) {

  PaymentId id() {
    return terms.id();
  }

  PaymentState state() {
    return status.state();
  }

  Money amount() {
    return terms.amount();
  }

  ProviderKey key() {
    return new ProviderKey(terms.providerKey());
  }

  /// The provider's name of the charge, once it is known.
  @Nullable ProviderReference providerReference() {
    String reference = status.providerReference();
    return reference == null ? null : new ProviderReference(reference);
  }

  /// Whether the books have no charge of it and never will. What of it is refunded all the same is
  /// a charge that came too late: the card gets its money back, and nothing is posted.
  boolean isLateCharge() {
    return status.state() == PaymentState.DECLINED;
  }

  /// Whether the books refused the charge and the card's refund is not confirmed yet.
  boolean isBeingReversed() {
    return status.postingRefused() != null && !status.state().isFinal();
  }
}
