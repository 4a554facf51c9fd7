package io.countersign.server.security;

import io.countersign.server.api.Role;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A key of an API client; the secret is not in it.
///
/// @param name the client's
record ApiKeyRow(
    int ledger,
    UUID id,
    UUID client,
    String name,
    Set<Role> roles,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt) {}
