package io.countersign.server.security;

import io.countersign.server.api.Caller;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.Role;
import java.util.Set;

/// Who may use one endpoint.
sealed interface Access {

  /// In capitals; `*` for any.
  String method();

  /// As its handler maps it.
  String path();

  boolean allows(Caller caller, LedgerScope ledger);

  /// Nobody is asked who they are.
  record Everyone(String method, String path) implements Access {
    @Override
    public boolean allows(Caller caller, LedgerScope ledger) {
      return true;
    }
  }

  /// Any valid credential will do; on a path with a ledger, one that sees it.
  record Authenticated(String method, String path) implements Access {
    @Override
    public boolean allows(Caller caller, LedgerScope ledger) {
      return true;
    }
  }

  /// One of these roles on the ledger of the path; where the path names none, on any ledger.
  record Holders(String method, String path, Set<Role> roles) implements Access {
    @Override
    public boolean allows(Caller caller, LedgerScope ledger) {
      return roles.stream()
          .anyMatch(
              role ->
                  ledger.id() == LedgerScope.SERVER.id()
                      ? caller.hasAnywhere(role)
                      : caller.has(ledger.id(), role));
    }
  }
}
