package io.countersign.server.security;

import io.countersign.model.CurrencyCode;
import io.countersign.model.UuidV7;
import io.countersign.model.identity.Limit;
import io.countersign.server.accounts.Ledgers;
import io.countersign.server.api.Caller;
import io.countersign.server.api.Role;
import io.countersign.server.audit.AuditChange;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.database.Home;
import io.countersign.server.database.Transactions;
import java.time.Clock;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Makes the users a server starts with, before it takes its first request.
@Component
class FirstUsers implements SmartInitializingSingleton {

  static final String ADMINISTRATOR = "admin";
  static final String DEMONSTRATION_PASSWORD = "demo-only-password";

  private static final Logger LOG = LoggerFactory.getLogger(FirstUsers.class);
  private static final String PASSWORD_FILE = "admin-password";
  private static final String FIRST_LEDGER = "main";
  private static final int NO_LEDGER = 0;

  private final PersonStore store;
  private final Passwords passwords;
  private final GrantTexts grants;
  private final Ledgers ledgers;
  private final DemonstrationMode demonstration;
  private final AuditLog audit;
  private final Transactions transactions;
  private final Home home;
  private final UuidV7 ids;
  private final Clock clock;
  private final String administratorPassword;

  FirstUsers(
      PersonStore store,
      Passwords passwords,
      GrantTexts grants,
      Ledgers ledgers,
      DemonstrationMode demonstration,
      AuditLog audit,
      Transactions transactions,
      Home home,
      UuidV7 ids,
      Clock clock,
      @Value("${countersign.admin.password:}") String administratorPassword) {
    this.store = store;
    this.passwords = passwords;
    this.grants = grants;
    this.ledgers = ledgers;
    this.demonstration = demonstration;
    this.audit = audit;
    this.transactions = transactions;
    this.home = home;
    this.ids = ids;
    this.clock = clock;
    this.administratorPassword = administratorPassword;
  }

  @Override
  public void afterSingletonsInstantiated() {
    if (store.isEmpty()) {
      make(ADMINISTRATOR, "Administrator", password(), Set.of(Role.ADMIN), List.of(), false);
    }
    if (demonstration.on()) {
      makeDemonstrationUsers();
    }
  }

  private void makeDemonstrationUsers() {
    demonstrate("operator", "Olga Operator", Role.OPERATOR, unlimited(Long.MAX_VALUE, 0));
    demonstrate("approver", "Aaron Approver", Role.APPROVER, unlimited(0, Long.MAX_VALUE));
    demonstrate("auditor", "Audrey Auditor", Role.AUDITOR, List.of());
    demonstrate("integrator", "Ines Integrator", Role.INTEGRATOR, List.of());
    LOG.warn("Demonstration users are on; anybody on this machine can sign in as them");
  }

  private void demonstrate(String username, String displayName, Role role, List<Limit> limits) {
    if (store.byUsername(username).isEmpty()) {
      make(username, displayName, DEMONSTRATION_PASSWORD, Set.of(role), limits, true);
    }
  }

  private void make(
      String username,
      String displayName,
      String password,
      Set<Role> roles,
      List<Limit> limits,
      boolean forDemonstration) {
    int ledger = ledgers.find(FIRST_LEDGER).orElseThrow().id();
    Person person =
        new Person(
            ids.next(),
            username,
            displayName,
            passwords.hash(password),
            forDemonstration,
            Map.of(ledger, roles),
            limits,
            1,
            clock.instant(),
            null);
    transactions.run(
        () -> {
          // Another server on the same database may have been first.
          if (store.insert(person)) {
            var user = grants.user(person);
            audit.write(
                NO_LEDGER,
                Caller.SYSTEM,
                AuditChange.made("bootstrap.user.create", "user", user.id().toString(), user));
          }
        });
  }

  private String password() {
    if (!administratorPassword.isBlank()) {
      return administratorPassword;
    }
    String generated = home.secret(PASSWORD_FILE);
    LOG.warn(
        "The first administrator is '{}'; the password is in {}",
        ADMINISTRATOR,
        home.resolve(PASSWORD_FILE));
    return generated;
  }

  private static List<Limit> unlimited(long refundMinorUnits, long approveMinorUnits) {
    return Currency.getAvailableCurrencies().stream()
        .filter(currency -> currency.getDefaultFractionDigits() >= 0)
        .map(Currency::getCurrencyCode)
        .sorted()
        .map(code -> new Limit(CurrencyCode.of(code), refundMinorUnits, approveMinorUnits))
        .toList();
  }
}
