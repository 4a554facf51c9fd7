package io.countersign.server.api;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who makes a request. Controllers take it as a parameter.
///
/// @param id the person or the API client, whatever the credential: keys and self-approval go by it
/// @param name as recorded in `recordedBy`, `proposedBy` and the audit log
/// @param credential the session or API key, for the audit log
/// @param roles by ledger id
public record Caller(
    UUID id, String name, Kind kind, UUID credential, Map<Integer, Set<Role>> roles) {

  public enum Kind {
    PERSON,
    CLIENT,
    /// The server's own work: sagas, checks, schedules.
    SYSTEM
  }

  private static final UUID NOBODY = new UUID(0, 0);

  /// The server itself, acting for nobody.
  public static final Caller SYSTEM = new Caller(NOBODY, "system", Kind.SYSTEM, NOBODY, Map.of());

  public Caller {
    roles = Map.copyOf(roles);
  }

  public boolean sees(int ledger) {
    return roles.containsKey(ledger);
  }

  public boolean has(int ledger, Role role) {
    @Nullable Set<Role> granted = roles.get(ledger);
    return granted != null && granted.contains(role);
  }

  /// Whether the caller holds the role on any ledger at all, as server-wide endpoints ask.
  public boolean hasAnywhere(Role role) {
    return roles.values().stream().anyMatch(granted -> granted.contains(role));
  }
}
