package io.countersign.model.identity;

import io.countersign.model.Immutable;
import java.util.List;

/// Roles on one ledger.
///
/// @param ledger its code
public record Grant(String ledger, List<Role> roles) {

  public Grant {
    roles = Immutable.list(roles);
  }
}
