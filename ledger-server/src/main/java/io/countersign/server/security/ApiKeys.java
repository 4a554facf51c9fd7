package io.countersign.server.security;

import io.countersign.model.UuidV7;
import io.countersign.model.id.KeyId;
import io.countersign.model.identity.ApiKey;
import io.countersign.model.identity.ApiKeyPatch;
import io.countersign.model.identity.ApiKeyRequest;
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
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The keys of API clients. All methods that change something run within the caller's transaction.
@Component
class ApiKeys {

  private static final Set<Role> NEVER = EnumSet.of(Role.APPROVER, Role.ADMIN);
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final ApiKeyStore store;
  private final PersonStore people;
  private final Ledgers ledgers;
  private final Callers callers;
  private final AuditLog audit;
  private final UuidV7 ids;
  private final Clock clock;

  ApiKeys(
      ApiKeyStore store,
      PersonStore people,
      Ledgers ledgers,
      Callers callers,
      AuditLog audit,
      UuidV7 ids,
      Clock clock) {
    this.store = store;
    this.people = people;
    this.ledgers = ledgers;
    this.callers = callers;
    this.audit = audit;
    this.ids = ids;
    this.clock = clock;
  }

  static void check(ApiKeyRequest request) {
    new FieldChecks()
        .that(
            UserChecks.NAME.matcher(request.name()).matches(),
            "name",
            "must match " + UserChecks.NAME)
        .size("roles", request.roles(), 1, Role.values().length)
        .orThrow();
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
    checks.orThrow();
  }

  /// @return the key with its secret, which is nowhere else
  ApiKey create(Caller caller, ApiKeyRequest request) {
    Ledger ledger =
        ledgers
            .find(request.ledger())
            .filter(it -> caller.sees(it.id()))
            .orElseThrow(
                () -> Problems.notFound("ledger '" + request.ledger() + "'").asException());
    if (!caller.has(ledger.id(), Role.ADMIN)) {
      throw Problems.forbidden("Keys of a ledger are made by its ADMIN.").asException();
    }
    requireFuture(request.expiresAt());
    ApiKeyRow key =
        new ApiKeyRow(
            ledger.id(),
            ids.next(),
            client(ledger.id(), request.name()),
            request.name(),
            allowed(GrantTexts.read(request.roles())),
            clock.instant(),
            request.expiresAt(),
            null);
    String secret = Tokens.next(Tokens.KEY);
    store.insert(key, Tokens.hash(secret));
    ApiKey shown = model(key, ledger.code(), null);
    audit.write(
        key.ledger(), caller, AuditChange.made("api-key.create", "api_key", id(key), shown));
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

  ApiKey change(Caller caller, KeyId id, ApiKeyPatch patch) {
    requireFuture(patch.expiresAt());
    return change(
        caller,
        id,
        "api-key.change",
        before ->
            new ApiKeyRow(
                before.ledger(),
                before.id(),
                patch.name() == null ? before.client() : client(before.ledger(), patch.name()),
                Objects.requireNonNullElse(patch.name(), before.name()),
                patch.roles() == null ? before.roles() : allowed(GrantTexts.read(patch.roles())),
                before.createdAt(),
                patch.expiresAt() == null ? before.expiresAt() : patch.expiresAt(),
                null));
  }

  ApiKey revoke(Caller caller, KeyId id) {
    return change(
        caller,
        id,
        "api-key.revoke",
        before ->
            new ApiKeyRow(
                before.ledger(),
                before.id(),
                before.client(),
                before.name(),
                before.roles(),
                before.createdAt(),
                before.expiresAt(),
                clock.instant()));
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
    audit.write(
        after.ledger(),
        caller,
        AuditChange.changed(action, "api_key", id.toString(), model(before), shown));
    return shown;
  }

  private ApiKeyRow row(Caller caller, KeyId id) {
    return store
        .byId(id.uuid(), administered(caller))
        .orElseThrow(() -> Problems.notFound("API key '" + id + "'").asException());
  }

  // A client that bears a person's name would be taken for them in the books.
  private UUID client(int ledger, String name) {
    if (people.byUsername(name).isPresent()) {
      throw Problem.of("api-client-exists", 409, "'" + name + "' is the name of a person.")
          .asException();
    }
    return store.client(ledger, name, ids.next());
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
    return model(key, Objects.requireNonNull(codes().get(key.ledger())), null);
  }

  private static ApiKey model(ApiKeyRow key, String ledger, @Nullable String secret) {
    return new ApiKey(
        new KeyId(key.id()),
        key.name(),
        ledger,
        GrantTexts.write(key.roles()),
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
