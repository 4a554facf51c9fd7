package io.countersign.server.payments;

import io.countersign.model.Money;
import io.countersign.model.id.PaymentId;
import io.countersign.model.payments.PaymentState;
import io.countersign.server.payments.provider.ProviderKey;

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

  /// Whether the books refused the charge and the card's refund is not confirmed yet.
  boolean isBeingReversed() {
    return status.postingRefused() != null && !status.state().isFinal();
  }
}
