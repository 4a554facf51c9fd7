package io.countersign.server.security;

import io.countersign.model.CurrencyCode;
import io.countersign.model.identity.Limit;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// How much a person may refund or approve, in minor units; without an entry for a currency
/// nothing. Read from the database at each question, within the caller's transaction if there is
/// one.
@Component
public class Limits {

  private final PersonStore store;

  Limits(PersonStore store) {
    this.store = store;
  }

  public long refundMinorUnits(UUID person, CurrencyCode currency) {
    return store.limit(person, currency).map(Limit::refundMinorUnits).orElse(0L);
  }

  public long approveMinorUnits(UUID person, CurrencyCode currency) {
    return store.limit(person, currency).map(Limit::approveMinorUnits).orElse(0L);
  }
}
