package io.countersign.server.accounts;

import io.countersign.server.api.Problem;
import io.countersign.server.api.Problems;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/// The ledgers of this server. A ledger never changes once made, so a found one is remembered.
@Component
public class Ledgers {

  private static final Pattern CODE = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  private static final int INSERTS_MAX = 10;

  private final LedgerStore store;
  private final Clock clock;
  private final ConcurrentMap<String, Ledger> found = new ConcurrentHashMap<>();

  Ledgers(LedgerStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  public Optional<Ledger> find(String code) {
    Ledger known = found.get(code);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Ledger> ledger = store.byCode(code);
    ledger.ifPresent(it -> found.put(code, it));
    return ledger;
  }

  /// The ledger with this number, for work that is done in the background.
  ///
  /// @throws IllegalStateException when there is none
  public Ledger byId(int id) {
    return found.values().stream()
        .filter(ledger -> ledger.id() == id)
        .findAny()
        .orElseGet(() -> readById(id));
  }

  private Ledger readById(int id) {
    List<Ledger> all = store.all();
    all.forEach(ledger -> found.put(ledger.code(), ledger));
    return all.stream()
        .filter(ledger -> ledger.id() == id)
        .findAny()
        .orElseThrow(() -> new IllegalStateException("there is no ledger " + id));
  }

  /// All ledgers, by code.
  public List<Ledger> all() {
    return store.all();
  }

  /// Makes a ledger inside the caller's transaction.
  ///
  /// @throws io.countersign.server.api.ProblemException 409 `ledger-exists` when the code is used,
  ///   400 `invalid-request` when the code is malformed
  public Ledger create(String code, String name, ZoneId timeZone) {
    if (!CODE.matcher(code).matches()) {
      throw Problems.invalidRequest("code", "must match " + CODE.pattern()).asException();
    }
    for (int attempt = 0; attempt < INSERTS_MAX; attempt++) {
      if (store.insert(code, name, timeZone, clock.instant())) {
        return store.byCode(code).orElseThrow();
      }
      if (store.byCode(code).isPresent()) {
        throw Problem.of("ledger-exists", 409, "There is a ledger '" + code + "' already.")
            .asException();
      }
    }
    throw Problems.unavailable("Many ledgers are being made at once; try again.").asException();
  }
}
