package io.countersign.server.security;

import io.countersign.model.identity.Limit;
import io.countersign.server.api.Role;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A person who may sign in.
///
/// @param grants by ledger id
/// @param demonstration made for trying things by hand; good only while the server is in that mode
record Person(
    UUID id,
    String username,
    String displayName,
    String passwordHash,
    boolean demonstration,
    Map<Integer, Set<Role>> grants,
    List<Limit> limits,
    long version,
    Instant createdAt,
    @Nullable Instant revokedAt) {

  boolean active() {
    return revokedAt == null;
  }

  boolean administers() {
    return active() && grants.values().stream().anyMatch(roles -> roles.contains(Role.ADMIN));
  }

  /// Without the hash of the password: this may end up in a log.
  @Override
  public String toString() {
    return "Person[" + username + "]";
  }
}
