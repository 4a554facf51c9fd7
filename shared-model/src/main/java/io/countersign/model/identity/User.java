package io.countersign.model.identity;

import io.countersign.model.Immutable;
import io.countersign.model.id.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A person who may sign in.
///
/// @param revokedAt null while they may
public record User(
    UserId id,
    String username,
    String displayName,
    List<Grant> grants,
    List<Limit> limits,
    Instant createdAt,
    @Nullable Instant revokedAt) {

  public User {
    grants = Immutable.list(grants);
    limits = Immutable.list(limits);
  }
}
