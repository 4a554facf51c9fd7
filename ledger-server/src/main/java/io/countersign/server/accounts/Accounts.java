package io.countersign.server.accounts;

import io.countersign.model.CurrencyCode;
import io.countersign.model.UuidV7;
import io.countersign.model.accounts.AccountRequest;
import io.countersign.model.accounts.AccountStatus;
import io.countersign.model.accounts.AccountType;
import io.countersign.server.api.Cursor;
import io.countersign.server.api.FieldChecks;
import io.countersign.server.api.Page;
import io.countersign.server.api.Problem;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/// The chart of accounts of each ledger.
@Component
public class Accounts {

  private static final Pattern CODE = Pattern.compile("[a-z0-9][a-z0-9._-]*(:[a-z0-9._-]+)*");
  private static final int CODE_LONGEST = 128;
  private static final int NAME_LONGEST = 200;

  private record Ensured(int ledger, String code) {}

  private final AccountStore store;
  // Accounts never go away, so one that was found committed is looked for once.
  private final Set<Ensured> found = ConcurrentHashMap.newKeySet();
  private final UuidV7 ids;
  private final Clock clock;

  Accounts(AccountStore store, UuidV7 ids, Clock clock) {
    this.store = store;
    this.ids = ids;
    this.clock = clock;
  }

  /// Opens an account inside the caller's transaction.
  ///
  /// @throws io.countersign.server.api.ProblemException 400 `invalid-request`, or 409
  ///   `account-exists` when the code is used
  public AccountRow open(int ledger, AccountRequest request) {
    new FieldChecks()
        .required("type", request.type())
        .required("currency", request.currency())
        .text("name", request.name(), NAME_LONGEST)
        .text("code", request.code(), CODE_LONGEST)
        .that(
            request.code() != null && CODE.matcher(request.code()).matches(),
            "code",
            "must match " + CODE.pattern())
        .orThrow();
    AccountRow account =
        new AccountRow(
            ids.next(),
            request.code(),
            request.name(),
            request.type(),
            request.currency(),
            request.minimumBalance(),
            AccountStatus.OPEN,
            request.metadata() == null ? Map.of() : request.metadata());
    if (!store.insert(ledger, account, clock.instant())) {
      throw Problem.of(
              "account-exists", 409, "There is an account '" + account.code() + "' already.")
          .with("account", account.code())
          .asException();
    }
    return account;
  }

  /// Makes sure an account of the server's own, such as a provider's receivable, is there, inside
  /// the caller's transaction.
  public void ensure(
      int ledger, String code, String name, AccountType type, CurrencyCode currency) {
    Ensured account = new Ensured(ledger, code);
    if (found.contains(account)) {
      return;
    }
    if (store.byCode(ledger, code).isPresent()) {
      found.add(account);
      return;
    }
    AccountRow fresh =
        new AccountRow(ids.next(), code, name, type, currency, null, AccountStatus.OPEN, Map.of());
    store.insert(ledger, fresh, clock.instant());
  }

  public Optional<AccountRow> find(int ledger, String code) {
    return store.byCode(ledger, code);
  }

  /// @throws io.countersign.server.api.ProblemException 404 `account-not-found`
  public AccountRow get(int ledger, String code) {
    return find(ledger, code).orElseThrow(() -> notFound(code).asException());
  }

  /// What is there among `codes`, read now and from no cache: an appender relies on the statuses.
  public Map<String, AccountRow> byCode(int ledger, Collection<String> codes) {
    Map<String, AccountRow> found = new HashMap<>();
    store.byCodes(ledger, codes).forEach(account -> found.put(account.code(), account));
    return found;
  }

  public Map<UUID, AccountRow> byId(int ledger, Collection<UUID> ids) {
    Map<UUID, AccountRow> found = new HashMap<>();
    store.byIds(ledger, ids).forEach(account -> found.put(account.id(), account));
    return found;
  }

  /// Locks the rows of accounts whose floor is about to be tested, in the order of their ids, until
  /// the caller's transaction ends. Everyone who lowers one of them waits here.
  public void lockFloors(int ledger, Collection<UUID> ids) {
    if (!ids.isEmpty()) {
      store.lock(ledger, ids);
    }
  }

  /// Changes a status, only for the journal, which holds its gate exclusively meanwhile.
  ///
  /// @return whether the account was in `from`
  public boolean setStatus(int ledger, UUID id, AccountStatus from, AccountStatus to) {
    return store.setStatus(ledger, id, from, to);
  }

  Page<AccountRow> page(
      int ledger,
      AccountFilter filter,
      @org.jspecify.annotations.Nullable String after,
      int limit) {
    String last = after == null ? "" : Cursor.read(after, 1).getFirst();
    List<AccountRow> rows = store.page(ledger, filter, last, limit + 1);
    return Page.of(rows, limit, account -> Cursor.of(account.code()));
  }

  public static Problem notFound(String code) {
    return Problem.of("account-not-found", 404, "There is no account '" + code + "'.")
        .with("account", code);
  }
}
