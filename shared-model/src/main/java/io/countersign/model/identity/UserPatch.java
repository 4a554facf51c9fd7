package io.countersign.model.identity;

import io.countersign.model.Immutable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `PATCH /v1/users/{id}`: what is absent stays as it is.
public record UserPatch(
    @Nullable String displayName,
    @Nullable String password,
    @Nullable List<Grant> grants,
    @Nullable List<Limit> limits) {

  public UserPatch {
    grants = grants == null ? null : Immutable.list(grants);
    limits = limits == null ? null : Immutable.list(limits);
  }

  /// Without the password: this may end up in a log.
  @Override
  public String toString() {
    return "UserPatch[" + displayName + "]";
  }
}
