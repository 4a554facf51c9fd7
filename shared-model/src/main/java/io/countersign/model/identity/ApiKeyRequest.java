package io.countersign.model.identity;

import io.countersign.model.Immutable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `POST /v1/api-keys`.
public record ApiKeyRequest(
    String name, String ledger, List<Role> roles, @Nullable Instant expiresAt) {

  public ApiKeyRequest {
    roles = Immutable.list(roles);
  }
}
