package io.countersign.model.identity;

import io.countersign.model.Immutable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `POST /v1/api-keys`.
///
/// @param otherGrants what the key may on other ledgers than `ledger`, each of them named once
public record ApiKeyRequest(
    String name,
    String ledger,
    List<Role> roles,
    @Nullable Instant expiresAt,
    @Nullable List<Grant> otherGrants) {

  public ApiKeyRequest {
    roles = Immutable.list(roles);
    otherGrants = otherGrants == null ? null : Immutable.list(otherGrants);
  }
}
