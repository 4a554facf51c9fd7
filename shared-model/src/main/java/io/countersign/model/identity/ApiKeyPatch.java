package io.countersign.model.identity;

import io.countersign.model.Immutable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `PATCH /v1/api-keys/{id}`: what is absent stays as it is.
///
/// @param otherGrants in place of those before; an empty list takes them all away
public record ApiKeyPatch(
    @Nullable String name,
    @Nullable List<Role> roles,
    @Nullable Instant expiresAt,
    @Nullable List<Grant> otherGrants) {

  public ApiKeyPatch {
    roles = roles == null ? null : Immutable.list(roles);
    otherGrants = otherGrants == null ? null : Immutable.list(otherGrants);
  }
}
