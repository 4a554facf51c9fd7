package io.countersign.server.payments.provider;

import io.countersign.model.Money;
import org.jspecify.annotations.Nullable;

/// What a provider is asked to charge, and is asked about.
///
/// @param ledger code of the ledger whose address the provider calls back
/// @param paymentMethod the provider's token
/// @param reference the merchant's, passed on for its settlement file
/// @param prepared what [ProviderGateway#prepare] had given, once it is stored
public record ChargeOrder(
    String ledger,
    ProviderKey key,
    Money amount,
    String paymentMethod,
    @Nullable String reference,
    @Nullable String description,
    @Nullable ProviderReference prepared) {}
