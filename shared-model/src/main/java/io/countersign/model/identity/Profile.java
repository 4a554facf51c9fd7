package io.countersign.model.identity;

import io.countersign.model.Immutable;
import java.util.List;

/// Who one is: `GET /v1/me`, and `user` of a session.
public record Profile(String username, String displayName, List<Grant> grants, List<Limit> limits) {

  public Profile {
    grants = Immutable.list(grants);
    limits = Immutable.list(limits);
  }
}
