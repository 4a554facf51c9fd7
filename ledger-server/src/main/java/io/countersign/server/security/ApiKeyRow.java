package io.countersign.server.security;

import io.countersign.server.api.Role;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A key of an API client; the secret is not in it.
///
/// @param ledger where it belongs, and is administered
/// @param name the client's
/// @param roles on `ledger`
/// @param others roles by ledger id, on other ledgers than `ledger`
record ApiKeyRow(
    int ledger,
    UUID id,
    UUID client,
    String name,
    Set<Role> roles,
    Map<Integer, Set<Role>> others,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt) {

  ApiKeyRow {
    others = Map.copyOf(others);
  }

  /// Roles by ledger id, on all its ledgers.
  Map<Integer, Set<Role>> grants() {
    Map<Integer, Set<Role>> all = new HashMap<>(others);
    all.put(ledger, roles);
    return all;
  }

  ApiKeyRow revoked(Instant at) {
    return new ApiKeyRow(ledger, id, client, name, roles, others, createdAt, expiresAt, at);
  }
}
