package io.countersign.model.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.model.Immutable;
import io.countersign.model.id.KeyId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A credential of an API client.
///
/// @param otherGrants what it may on other ledgers than `ledger`
/// @param secret shown once, in the first answer to its making; elsewhere the field is absent
public record ApiKey(
    KeyId id,
    String name,
    String ledger,
    List<Role> roles,
    List<Grant> otherGrants,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret) {

  public ApiKey {
    roles = Immutable.list(roles);
    otherGrants = Immutable.list(otherGrants);
  }

  /// Without the secret: this may end up in a log.
  @Override
  public String toString() {
    return "ApiKey[" + id + ", " + name + "]";
  }
}
