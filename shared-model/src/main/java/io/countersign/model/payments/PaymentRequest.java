package io.countersign.model.payments;

import io.countersign.model.Immutable;
import io.countersign.model.Money;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `POST L/payments`.
///
/// @param merchantAccount code of the account that is credited
/// @param paymentMethod the provider's token
public record PaymentRequest(
    Money amount,
    String merchantAccount,
    String provider,
    String paymentMethod,
    @Nullable String reference,
    @Nullable String description,
    @Nullable Map<String, @Nullable Object> metadata) {

  public PaymentRequest {
    metadata = metadata == null ? null : Immutable.map(metadata);
  }
}
