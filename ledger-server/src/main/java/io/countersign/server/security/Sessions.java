package io.countersign.server.security;

import io.countersign.model.UuidV7;
import io.countersign.model.identity.Profile;
import io.countersign.model.identity.Session;
import io.countersign.model.identity.SessionRequest;
import io.countersign.server.api.Caller;
import io.countersign.server.api.Problems;
import io.countersign.server.audit.AuditChange;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.database.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Signing in and out.
@Component
class Sessions {

  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
  private static final int NO_LEDGER = 0;

  private final PersonStore people;
  private final SessionStore store;
  private final GrantTexts grants;
  private final Passwords passwords;
  private final SignInBackoff backoff;
  private final DemonstrationMode demonstration;
  private final SessionSettings settings;
  private final Callers callers;
  private final AuditLog audit;
  private final Transactions transactions;
  private final UuidV7 ids;
  private final Clock clock;

  Sessions(
      PersonStore people,
      SessionStore store,
      GrantTexts grants,
      Passwords passwords,
      SignInBackoff backoff,
      DemonstrationMode demonstration,
      SessionSettings settings,
      Callers callers,
      AuditLog audit,
      Transactions transactions,
      UuidV7 ids,
      Clock clock) {
    this.people = people;
    this.store = store;
    this.grants = grants;
    this.passwords = passwords;
    this.backoff = backoff;
    this.demonstration = demonstration;
    this.settings = settings;
    this.callers = callers;
    this.audit = audit;
    this.transactions = transactions;
    this.ids = ids;
    this.clock = clock;
  }

  /// @throws io.countersign.server.api.ProblemException 400 `invalid-request` for a code of a
  ///   second factor, which nobody has; 401 `unauthenticated` for a wrong name and a wrong password
  ///   alike, 429 `rate-limited` after too many of them
  Session open(SessionRequest request, String address) {
    refuseCode(request.totp());
    backoff.requireAllowed(request.username(), address);
    Optional<Person> person = people.byUsername(request.username()).filter(this::maySignIn);
    boolean right =
        person
            .map(it -> passwords.matches(request.password(), it.passwordHash()))
            .orElseGet(() -> passwords.matchesNobody(request.password()));
    if (person.isEmpty() || !right) {
      backoff.failed(request.username(), address);
      LOG.info("A sign-in from {} was refused", address);
      throw Problems.unauthenticated("Username or password is wrong.").asException();
    }
    backoff.succeeded(request.username(), address);
    return open(person.get());
  }

  void end(Caller caller) {
    transactions.run(
        () -> {
          if (!store.end(caller.credential())) {
            throw Problems.notFound("session").asException();
          }
          callers.changed();
          audit.write(NO_LEDGER, caller, change("session.end", caller.id(), caller.name()));
        });
  }

  Profile profile(Caller caller) {
    return caller.kind() == Caller.Kind.PERSON
        ? grants.profile(people.byId(caller.id()).orElseThrow())
        : new Profile(caller.name(), caller.name(), grants.write(caller.roles()), List.of());
  }

  // A code that nobody checks must not look like one that was checked.
  private static void refuseCode(@Nullable String totp) {
    if (totp != null && !totp.isEmpty()) {
      throw Problems.invalidRequest(
              "totp", "is not used: nobody has enrolled a second factor; sign in without it")
          .asException();
    }
  }

  private Session open(Person person) {
    UUID id = ids.next();
    String token = Tokens.next(Tokens.SESSION);
    Instant now = clock.instant();
    Instant expiresAt = now.plus(settings.longest());
    Caller caller =
        new Caller(
            person.id(), person.username(), Caller.Kind.PERSON, id, Map.copyOf(person.grants()));
    transactions.run(
        () -> {
          store.insert(id, person.id(), Tokens.hash(token), now, expiresAt);
          audit.write(NO_LEDGER, caller, change("session.open", person.id(), person.username()));
        });
    return new Session(token, expiresAt, grants.profile(person));
  }

  private static AuditChange change(String action, UUID person, String username) {
    return AuditChange.made(
        action,
        "user",
        new io.countersign.model.id.UserId(person).toString(),
        Map.of("username", username));
  }

  private boolean maySignIn(Person person) {
    return person.active() && (demonstration.on() || !person.demonstration());
  }
}
