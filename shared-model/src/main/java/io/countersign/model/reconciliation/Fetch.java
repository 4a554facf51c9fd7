package io.countersign.model.reconciliation;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// Where statements are pulled from: one of folder, url and provider.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Fetch(
    @Nullable String folder,
    @Nullable String url,
    @Nullable String provider,
    @Nullable String schedule) {}
