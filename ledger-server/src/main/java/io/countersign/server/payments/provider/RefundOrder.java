package io.countersign.server.payments.provider;

import io.countersign.model.Money;
import org.jspecify.annotations.Nullable;

/// What a provider is asked to give back.
///
/// @param ledger code of the ledger whose address the provider calls back
/// @param charge the key of the charge it is taken from
/// @param reason passed on as its description
public record RefundOrder(
    String ledger, ProviderKey key, ProviderKey charge, Money amount, @Nullable String reason) {}
