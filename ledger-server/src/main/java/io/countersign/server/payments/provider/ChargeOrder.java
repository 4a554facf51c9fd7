package io.countersign.server.payments.provider;

import io.countersign.model.Money;
import org.jspecify.annotations.Nullable;

/// What a provider is asked to charge.
///
/// @param ledger code of the ledger whose address the provider calls back
/// @param paymentMethod the provider's token
/// @param reference the merchant's, passed on for its settlement file
public record ChargeOrder(
    String ledger,
    ProviderKey key,
    Money amount,
    String paymentMethod,
    @Nullable String reference,
    @Nullable String description) {}
