package io.countersign.server.security;

import io.countersign.model.WireName;
import io.countersign.model.id.UserId;
import io.countersign.model.identity.Grant;
import io.countersign.model.identity.Limit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A change of one user, as a second administrator reads it. What is null stays as it is.
///
/// @param proposedPassword names the stored hash of a new password; the password itself is nowhere
public record UserChange(
    Action action,
    UserId user,
    String username,
    @Nullable String displayName,
    @Nullable UUID proposedPassword,
    @Nullable List<Grant> grants,
    @Nullable List<Limit> limits) {

  public enum Action implements WireName {
    CREATE,
    UPDATE,
    REVOKE
  }

  public UserChange {
    grants = grants == null ? null : List.copyOf(grants);
    limits = limits == null ? null : List.copyOf(limits);
  }
}
