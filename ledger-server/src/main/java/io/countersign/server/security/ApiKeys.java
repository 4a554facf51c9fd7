package io.countersign.server.security;

import io.countersign.model.UuidV7;
import io.countersign.model.id.KeyId;
import io.countersign.model.identity.ApiKey;
import io.countersign.model.identity.ApiKeyPatch;
import io.countersign.model.identity.ApiKeyRequest;
import io.countersign.model.identity.Grant;
import io.countersign.server.accounts.Ledger;
import io.countersign.server.accounts.Ledgers;
import io.countersign.server.api.Caller;
import io.countersign.server.api.Cursor;
import io.countersign.server.api.FieldChecks;
import io.countersign.server.api.Page;
import io.countersign.server.api.PageRequest;
import io.countersign.server.api.Problem;
import io.countersign.server.api.Problems;
import io.countersign.server.api.Role;
import io.countersign.server.audit.AuditChange;
import io.countersign.server.audit.AuditLog;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The keys of API clients. All methods that change something run within the caller's transaction.
@Component
class ApiKeys {

  private static final Set<Role> NEVER = EnumSet.of(Role.APPROVER, Role.ADMIN);
  private static final int OTHER_GRANTS_MAX = 1_000;
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final ApiKeyStore store;
  private final PersonStore people;
  private final Ledgers ledgers;
  private final GrantTexts grants;
  private final Callers callers;
  private final AuditLog audit;
  private final UuidV7 ids;
  private final Clock clock;

  ApiKeys(
      ApiKeyStore store,
      PersonStore people,
      Ledgers ledgers,
      GrantTexts grants,
      Callers callers,
      AuditLog audit,
      UuidV7 ids,
      Clock clock) {
    this.store = store;
    this.people = people;
    this.ledgers = ledgers;
    this.grants = grants;
    this.callers = callers;
    this.audit = audit;
    this.ids = ids;
    this.clock = clock;
  }

  static void check(ApiKeyRequest request) {
    FieldChecks checks =
        new FieldChecks()
            .that(
                UserChecks.NAME.matcher(request.name()).matches(),
                "name",
                "must match " + UserChecks.NAME)
            .size("roles", request.roles(), 1, Role.values().length);
    checkOthers(checks, request.otherGrants());
    checks.orThrow();
  }

  static void check(ApiKeyPatch patch) {
    FieldChecks checks = new FieldChecks();
    if (patch.name() != null) {
      checks.that(
          UserChecks.NAME.matcher(patch.name()).matches(), "name", "must match " + UserChecks.NAME);
    }
    if (patch.roles() != null) {
      checks.size("roles", patch.roles(), 1, Role.values().length);
    }
    checkOthers(checks, patch.otherGrants());
    checks.orThrow();
  }

  private static void checkOthers(FieldChecks checks, @Nullable List<Grant> others) {
    if (others == null) {
      return;
    }
    checks.size("otherGrants", others, 0, OTHER_GRANTS_MAX);
    List<Grant> named = others.stream().filter(Objects::nonNull).toList();
    checks.that(
        named.stream().allMatch(it -> !it.roles().isEmpty() && !it.roles().contains(null)),
        "otherGrants",
        "must each name at least one role");
    checks.that(
        named.stream().map(Grant::ledger).distinct().count() == others.size(),
        "otherGrants",
        "must name each ledger once");
  }

  /// @return the key with its secret, which is nowhere else
  ApiKey create(Caller caller, ApiKeyRequest request) {
    Ledger ledger =
        ledgers
            .find(request.ledger())
            .filter(it -> caller.sees(it.id()))
            .orElseThrow(
                () -> Problems.notFound("ledger '" + request.ledger() + "'").asException());
    requireAdmin(caller, ledger.id());
    requireFuture(request.expiresAt());
    Map<Integer, Set<Role>> others = others(caller, ledger.id(), request.otherGrants());
    ApiKeyRow key =
        new ApiKeyRow(
            ledger.id(),
            ids.next(),
            client(ledger.id(), others.keySet(), request.name()),
            request.name(),
            allowed(GrantTexts.read(request.roles())),
            others,
            clock.instant(),
            request.expiresAt(),
            null);
    String secret = Tokens.next(Tokens.KEY);
    store.insert(key, Tokens.hash(secret));
    ApiKey shown = model(key, ledger.code(), null);
    AuditChange made = AuditChange.made("api-key.create", "api_key", id(key), shown);
    key.grants().keySet().forEach(it -> audit.write(it, caller, made));
    return model(key, ledger.code(), secret);
  }

  ApiKey get(Caller caller, KeyId id) {
    return model(row(caller, id));
  }

  Page<ApiKey> page(Caller caller, PageRequest page) {
    UUID after = page.after() == null ? BEFORE_ALL : uuid(Cursor.read(page.after(), 1).getFirst());
    List<ApiKeyRow> rows = store.page(administered(caller), after, page.limit() + 1);
    Map<Integer, String> codes = codes();
    return Page.of(rows, page.limit(), it -> Cursor.of(it.id()))
        .map(it -> model(it, Objects.requireNonNull(codes.get(it.ledger())), null));
  }

  /// By those who administer all its ledgers, before the change and after it.
  ApiKey change(Caller caller, KeyId id, ApiKeyPatch patch) {
    requireFuture(patch.expiresAt());
    return change(caller, id, "api-key.change", before -> changed(caller, before, patch));
  }

  private ApiKeyRow changed(Caller caller, ApiKeyRow before, ApiKeyPatch patch) {
    for (int ledger : before.grants().keySet()) {
      requireAdmin(caller, ledger);
    }
    Map<Integer, Set<Role>> others =
        patch.otherGrants() == null
            ? before.others()
            : others(caller, before.ledger(), patch.otherGrants());
    String name = Objects.requireNonNullElse(patch.name(), before.name());
    return new ApiKeyRow(
        before.ledger(),
        before.id(),
        client(before.ledger(), others.keySet(), name),
        name,
        patch.roles() == null ? before.roles() : allowed(GrantTexts.read(patch.roles())),
        others,
        before.createdAt(),
        patch.expiresAt() == null ? before.expiresAt() : patch.expiresAt(),
        null);
  }

  /// By whoever administers one of its ledgers.
  ApiKey revoke(Caller caller, KeyId id) {
    return change(caller, id, "api-key.revoke", before -> before.revoked(clock.instant()));
  }

  private ApiKey change(Caller caller, KeyId id, String action, UnaryOperator<ApiKeyRow> changing) {
    ApiKeyRow before = row(caller, id);
    if (before.revokedAt() != null) {
      throw Problems.wrongState("revoked", "This key has been revoked.").asException();
    }
    ApiKeyRow after = changing.apply(before);
    store.change(after);
    callers.changed();
    ApiKey shown = model(after);
    AuditChange change =
        AuditChange.changed(action, "api_key", id.toString(), model(before), shown);
    Set<Integer> concerned = new TreeSet<>(before.grants().keySet());
    concerned.addAll(after.grants().keySet());
    concerned.forEach(it -> audit.write(it, caller, change));
    return shown;
  }

  private ApiKeyRow row(Caller caller, KeyId id) {
    return store
        .byId(id.uuid(), administered(caller))
        .orElseThrow(() -> Problems.notFound("API key '" + id + "'").asException());
  }

  // A client that bears a person's name, or another client's, would be taken for them in the books.
  private UUID client(int ledger, Set<Integer> others, String name) {
    if (people.byUsername(name).isPresent()) {
      throw clientExists("'" + name + "' is the name of a person.");
    }
    UUID client = store.client(ledger, name, ids.next());
    for (int other : new TreeSet<>(others)) {
      if (!store.client(other, name, client).equals(client)) {
        throw clientExists(
            "Ledger '" + code(other) + "' has a client of its own named '" + name + "'.");
      }
    }
    return client;
  }

  private static RuntimeException clientExists(String detail) {
    return Problem.of("api-client-exists", 409, detail).asException();
  }

  private Map<Integer, Set<Role>> others(Caller caller, int own, @Nullable List<Grant> asked) {
    Map<Integer, Set<Role>> others = grants.read(asked == null ? List.of() : asked);
    if (others.containsKey(own)) {
      throw Problems.invalidRequest("otherGrants", "must name other ledgers than the key's own")
          .asException();
    }
    for (Map.Entry<Integer, Set<Role>> grant : others.entrySet()) {
      requireAdmin(caller, grant.getKey());
      allowed(grant.getValue());
    }
    return others;
  }

  private void requireAdmin(Caller caller, int ledger) {
    if (!caller.sees(ledger)) {
      throw Problems.notFound("ledger '" + code(ledger) + "'").asException();
    }
    if (!caller.has(ledger, Role.ADMIN)) {
      throw Problems.forbidden("What a key may on a ledger is said by its ADMIN.").asException();
    }
  }

  private String code(int ledger) {
    return Objects.requireNonNull(codes().get(ledger));
  }

  private void requireFuture(java.time.@Nullable Instant expiresAt) {
    if (expiresAt != null && !expiresAt.isAfter(clock.instant())) {
      throw Problems.invalidTime("expiresAt must lie in the future.").asException();
    }
  }

  private static Set<Role> allowed(Set<Role> roles) {
    if (roles.stream().anyMatch(NEVER::contains)) {
      throw Problem.of("roles-conflict", 422, "An API key never holds APPROVER or ADMIN.")
          .asException();
    }
    return roles;
  }

  private static Set<Integer> administered(Caller caller) {
    return caller.roles().keySet().stream()
        .filter(ledger -> caller.has(ledger, Role.ADMIN))
        .collect(Collectors.toSet());
  }

  private Map<Integer, String> codes() {
    return ledgers.all().stream().collect(Collectors.toMap(Ledger::id, Ledger::code));
  }

  private ApiKey model(ApiKeyRow key) {
    return model(key, code(key.ledger()), null);
  }

  private ApiKey model(ApiKeyRow key, String ledger, @Nullable String secret) {
    return new ApiKey(
        new KeyId(key.id()),
        key.name(),
        ledger,
        GrantTexts.write(key.roles()),
        grants.write(key.others()),
        key.createdAt(),
        key.expiresAt(),
        key.revokedAt(),
        secret);
  }

  private static String id(ApiKeyRow key) {
    return new KeyId(key.id()).toString();
  }

  private static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw Problems.invalidRequest("after", "is not a cursor of this list").asException();
    }
  }
}
