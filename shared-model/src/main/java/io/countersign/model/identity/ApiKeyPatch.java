package io.countersign.model.identity;

import io.countersign.model.Immutable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `PATCH /v1/api-keys/{id}`: what is absent stays as it is.
public record ApiKeyPatch(
    @Nullable String name, @Nullable List<Role> roles, @Nullable Instant expiresAt) {

  public ApiKeyPatch {
    roles = roles == null ? null : Immutable.list(roles);
  }
}
