package io.countersign.server.security;

import io.countersign.model.identity.Grant;
import io.countersign.server.api.Caller;
import io.countersign.server.api.Problem;
import io.countersign.server.api.Problems;
import io.countersign.server.api.Role;
import io.countersign.server.audit.AuditChange;
import io.countersign.server.audit.AuditLog;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Applies changes of users, under the administration's lock.
@Component
class UserChanges {

  private static final int NO_LEDGER = 0;

  private final PersonStore store;
  private final SessionStore sessions;
  private final ApiKeyStore keys;
  private final GrantTexts grants;
  private final Callers callers;
  private final AuditLog audit;
  private final Clock clock;

  UserChanges(
      PersonStore store,
      SessionStore sessions,
      ApiKeyStore keys,
      GrantTexts grants,
      Callers callers,
      AuditLog audit,
      Clock clock) {
    this.store = store;
    this.sessions = sessions;
    this.keys = keys;
    this.grants = grants;
    this.callers = callers;
    this.audit = audit;
    this.clock = clock;
  }

  /// Refuses what could not be applied now.
  void requirePossible(UserChange change) {
    if (change.action() == UserChange.Action.CREATE) {
      requireFree(change.username());
    } else {
      requireActive(person(change));
    }
    if (change.grants() != null) {
      UserChecks.requireCompatible(grants.read(change.grants()));
    }
  }

  /// @param auditPrefix before the action's name in the audit log
  Person apply(Caller by, UserChange change, String auditPrefix) {
    requirePossible(change);
    @Nullable Person before = change.action() == UserChange.Action.CREATE ? null : person(change);
    Person after = before == null ? created(change) : changed(before, change);
    if (before == null) {
      store.insert(after);
    } else {
      requireAdministratorLeft(before, after);
      store.update(after);
      if (change.proposedPassword() != null || !after.active()) {
        sessions.endAllOf(after.id());
      }
    }
    if (change.proposedPassword() != null) {
      store.dropProposedPassword(change.proposedPassword());
    }
    callers.changed();
    audit.write(
        NO_LEDGER,
        by,
        new AuditChange(
            auditPrefix + "user." + change.action().wire(),
            "user",
            change.user().toString(),
            before == null ? null : grants.user(before),
            grants.user(after)));
    return after;
  }

  private Person created(UserChange change) {
    return new Person(
        change.user().uuid(),
        change.username(),
        Objects.requireNonNull(change.displayName()),
        password(change),
        false,
        grants.read(Objects.requireNonNull(change.grants())),
        Objects.requireNonNull(change.limits()),
        1,
        clock.instant(),
        null);
  }

  private Person changed(Person before, UserChange change) {
    boolean revoke = change.action() == UserChange.Action.REVOKE;
    @Nullable Instant revokedAt = revoke ? clock.instant() : null;
    return new Person(
        before.id(),
        before.username(),
        Objects.requireNonNullElse(change.displayName(), before.displayName()),
        change.proposedPassword() == null ? before.passwordHash() : password(change),
        before.demonstration(),
        granted(before, change),
        Objects.requireNonNullElse(change.limits(), before.limits()),
        before.version(),
        before.createdAt(),
        revokedAt);
  }

  private Map<Integer, Set<Role>> granted(Person before, UserChange change) {
    @Nullable List<Grant> wished = change.grants();
    return wished == null ? before.grants() : grants.read(wished);
  }

  private String password(UserChange change) {
    return store
        .proposedPassword(Objects.requireNonNull(change.proposedPassword()))
        .orElseThrow(() -> new IllegalStateException("the proposed password is gone"));
  }

  private void requireFree(String username) {
    if (store.byUsername(username).isPresent() || keys.hasClientNamed(username)) {
      throw Problem.of("user-exists", 409, "The name '" + username + "' is used already.")
          .asException();
    }
  }

  private static void requireActive(Person person) {
    if (!person.active()) {
      throw Problems.wrongState("revoked", "This user has been revoked.").asException();
    }
  }

  private void requireAdministratorLeft(Person before, Person after) {
    if (before.administers() && !after.administers() && store.administrators() == 1) {
      throw Problem.of("last-administrator", 422, "Without this user nobody would be an ADMIN.")
          .asException();
    }
  }

  private Person person(UserChange change) {
    return store
        .byId(change.user().uuid())
        .orElseThrow(() -> Problems.notFound("user '" + change.user() + "'").asException());
  }
}
