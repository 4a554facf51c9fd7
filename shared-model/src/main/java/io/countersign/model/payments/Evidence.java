package io.countersign.model.payments;

import org.jspecify.annotations.Nullable;

/// What a person has seen that the provider does not say.
public record Evidence(
    @Nullable String providerReference, String note, @Nullable String attachment) {}
