package io.countersign.server.payments;

import io.countersign.model.Immutable;
import io.countersign.model.Money;
import io.countersign.model.id.PaymentId;
import io.countersign.model.id.SagaId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was asked for, which never changes.
record PaymentTerms(
    PaymentId id,
    Money amount,
    String merchantAccount,
    String provider,
    String providerKey,
    String paymentMethod,
    @Nullable String reference,
    @Nullable String description,
    Map<String, @Nullable Object> metadata,
    SagaId saga,
    String createdBy,
    Instant createdAt) {

  PaymentTerms {
    metadata = Immutable.map(metadata);
  }

  /// The account that the provider's debt to us is kept on.
  String providerAccount() {
    return "providers:"
        + provider
        + ":"
        + amount.currency().toString().toLowerCase(java.util.Locale.ROOT);
  }
}
