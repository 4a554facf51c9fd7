package io.countersign.model.identity;

import io.countersign.model.Immutable;
import java.util.List;

/// `POST /v1/users`.
public record UserRequest(
    String username, String displayName, String password, List<Grant> grants, List<Limit> limits) {

  public UserRequest {
    grants = Immutable.list(grants);
    limits = Immutable.list(limits);
  }

  /// Without the password: this may end up in a log.
  @Override
  public String toString() {
    return "UserRequest[" + username + "]";
  }
}
