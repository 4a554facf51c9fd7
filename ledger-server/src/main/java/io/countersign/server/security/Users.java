package io.countersign.server.security;

import io.countersign.model.UuidV7;
import io.countersign.model.id.ApprovalId;
import io.countersign.model.id.UserId;
import io.countersign.model.identity.Grant;
import io.countersign.model.identity.User;
import io.countersign.model.identity.UserPatch;
import io.countersign.model.identity.UserRequest;
import io.countersign.server.api.Caller;
import io.countersign.server.api.Cursor;
import io.countersign.server.api.Page;
import io.countersign.server.api.PageRequest;
import io.countersign.server.api.Problems;
import io.countersign.server.api.Role;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// The people of this server. A change is a proposal for another administrator as soon as there are
/// two of them; until then it applies at once and is logged as `bootstrap`.
@Component
public class Users {

  /// What became of a wish to change a user.
  sealed interface Outcome {
    record Applied(User user) implements Outcome {}

    record Proposed(ApprovalId approval) implements Outcome {}
  }

  private static final int ADMINISTRATORS_THAT_REVIEW = 2;

  private final PersonStore store;
  private final UserChanges changes;
  private final GrantTexts grants;
  private final Passwords passwords;
  private final ObjectProvider<UserChangeReview> review;
  private final UuidV7 ids;
  private final Clock clock;

  Users(
      PersonStore store,
      UserChanges changes,
      GrantTexts grants,
      Passwords passwords,
      ObjectProvider<UserChangeReview> review,
      UuidV7 ids,
      Clock clock) {
    this.store = store;
    this.changes = changes;
    this.grants = grants;
    this.passwords = passwords;
    this.review = review;
    this.ids = ids;
    this.clock = clock;
  }

  User get(UserId id) {
    return grants.user(person(id));
  }

  Page<User> page(PageRequest page) {
    String after = page.after() == null ? "" : Cursor.read(page.after(), 1).getFirst();
    List<Person> people = store.page(after, page.limit() + 1);
    return Page.of(people, page.limit(), it -> Cursor.of(it.username())).map(grants::user);
  }

  Outcome create(Caller caller, UserRequest request) {
    Passwords.requireStrong(request.password(), request.username());
    UUID password = propose(request.password());
    return request(
        caller,
        Map.of(),
        new UserChange(
            UserChange.Action.CREATE,
            new UserId(ids.next()),
            request.username(),
            request.displayName(),
            password,
            request.grants(),
            request.limits()));
  }

  Outcome update(Caller caller, UserId id, UserPatch patch) {
    @Nullable UUID password = null;
    Person before = person(id);
    if (patch.password() != null) {
      Passwords.requireStrong(patch.password(), before.username());
      password = propose(patch.password());
    }
    return request(
        caller,
        before.grants(),
        new UserChange(
            UserChange.Action.UPDATE,
            id,
            before.username(),
            patch.displayName(),
            password,
            patch.grants(),
            patch.limits()));
  }

  Outcome revoke(Caller caller, UserId id) {
    Person before = person(id);
    return request(
        caller,
        before.grants(),
        new UserChange(
            UserChange.Action.REVOKE, id, before.username(), null, null, List.of(), null));
  }

  /// Which version of a user a proposal was made against; 0 for one that does not exist.
  public long version(UserId id) {
    return store.byId(id.uuid()).map(Person::version).orElse(0L);
  }

  /// Applies what another administrator has approved, within the caller's transaction.
  ///
  /// @throws io.countersign.server.api.ProblemException when it is not possible any more
  public void apply(Caller decider, UserChange change) {
    store.lockAdministration();
    Map<Integer, Set<Role>> before =
        store.byId(change.user().uuid()).map(Person::grants).orElse(Map.of());
    UserChecks.requireMayChange(decider, before, after(before, change));
    changes.apply(decider, change, "");
  }

  /// Forgets the password that a proposal would have set.
  public void discard(UserChange change) {
    if (change.proposedPassword() != null) {
      store.dropProposedPassword(change.proposedPassword());
    }
  }

  private Outcome request(Caller caller, Map<Integer, Set<Role>> before, UserChange change) {
    // One change of users after the other: two administrators must not both see themselves alone.
    store.lockAdministration();
    changes.requirePossible(change);
    UserChecks.requireMayChange(caller, before, after(before, change));
    Optional<UserChangeReview> reviewer = review.stream().findFirst();
    if (reviewer.isPresent() && store.administrators() >= ADMINISTRATORS_THAT_REVIEW) {
      return new Outcome.Proposed(reviewer.get().propose(caller, change));
    }
    return new Outcome.Applied(grants.user(changes.apply(caller, change, "bootstrap.")));
  }

  private Map<Integer, Set<Role>> after(Map<Integer, Set<Role>> before, UserChange change) {
    @Nullable List<Grant> wished = change.grants();
    return wished == null ? before : grants.read(wished);
  }

  private UUID propose(String password) {
    String hash = passwords.hash(password);
    UUID id = ids.next();
    store.proposePassword(id, hash, clock.instant());
    return id;
  }

  private Person person(UserId id) {
    return store
        .byId(id.uuid())
        .orElseThrow(() -> Problems.notFound("user '" + id + "'").asException());
  }
}
