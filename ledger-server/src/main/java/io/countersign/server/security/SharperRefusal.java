package io.countersign.server.security;

import io.countersign.server.api.Caller;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/// Lets a feature say more precisely why somebody without the role is refused: who tries to decide
/// their own proposal hears `self-approval`, under any role.
public interface SharperRefusal {

  /// @return a problem with status 403, or nothing when this is none of the feature's requests
  Optional<Problem> of(Caller caller, LedgerScope ledger, HttpServletRequest request);
}
