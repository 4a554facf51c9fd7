package io.countersign.console.client;

import io.countersign.client.Books;
import io.countersign.client.Intent;
import io.countersign.model.CurrencyCode;
import io.countersign.model.UuidV7;
import io.countersign.model.identity.Grant;
import io.countersign.model.identity.Limit;
import io.countersign.model.identity.Profile;
import io.countersign.model.identity.Role;
import java.time.Clock;

/// What a signed-in person works with on one ledger; every view model is given it.
///
/// @param ledger its code
/// @param ids makes idempotency keys
public record Workplace(
    Books books,
    Profile profile,
    String ledger,
    TaskRunner tasks,
    Facts facts,
    Connection connection,
    UuidV7 ids,
    Clock clock) {

  public boolean has(Role role) {
    return profile.grants().stream()
        .filter(grant -> grant.ledger().equals(ledger))
        .map(Grant::roles)
        .anyMatch(roles -> roles.contains(role));
  }

  /// @param name as `proposedBy`, `assignee` and the like show it
  public boolean isMe(String name) {
    return profile.username().equals(name);
  }

  /// Minor units; zero without a limit of that currency.
  public long refundLimit(CurrencyCode currency) {
    return profile.limits().stream()
        .filter(limit -> limit.currency().equals(currency))
        .mapToLong(Limit::refundMinorUnits)
        .findFirst()
        .orElse(0);
  }

  public OneIntent oneIntent() {
    return new OneIntent(() -> Intent.fresh(ids));
  }
}
