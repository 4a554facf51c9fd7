package io.countersign.server.payments.provider;

import io.countersign.model.Money;
import org.jspecify.annotations.Nullable;

/// What a provider is asked to give back, and is asked about.
///
/// @param ledger code of the ledger whose address the provider calls back
/// @param charge the key of the charge it is taken from
/// @param charged the provider's name of that charge, where it is known
/// @param reason passed on as its description
public record RefundOrder(
    String ledger,
    ProviderKey key,
    ProviderKey charge,
    @Nullable ProviderReference charged,
    Money amount,
    @Nullable String reason) {}
