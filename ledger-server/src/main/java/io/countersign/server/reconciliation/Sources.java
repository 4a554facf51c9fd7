package io.countersign.server.reconciliation;

import io.countersign.model.UuidV7;
import io.countersign.model.reconciliation.Fetch;
import io.countersign.model.reconciliation.Source;
import io.countersign.model.reconciliation.SourceAccount;
import io.countersign.model.reconciliation.SourceRequest;
import io.countersign.server.accounts.AccountRow;
import io.countersign.server.accounts.Accounts;
import io.countersign.server.api.Caller;
import io.countersign.server.api.Cursor;
import io.countersign.server.api.FieldChecks;
import io.countersign.server.api.Page;
import io.countersign.server.api.Problem;
import io.countersign.server.api.Problems;
import io.countersign.server.audit.AuditChange;
import io.countersign.server.audit.AuditLog;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The banks and acquirers whose statements are reconciled.
@Component
class Sources {

  private static final Pattern CODE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
  private static final int NAME_LONGEST = 200;
  private static final int ACCOUNTS_MAX = 100;
  private static final int SETTLEMENT_DAYS_MAX = 60;
  private static final Set<String> FORMATS =
      Set.of("camt.053", "mt940", "bai2", "stripe", "adyen", "csv");

  private final SourceStore store;
  private final Accounts accounts;
  private final AuditLog audit;
  private final UuidV7 ids;
  private final Clock clock;

  Sources(SourceStore store, Accounts accounts, AuditLog audit, UuidV7 ids, Clock clock) {
    this.store = store;
    this.accounts = accounts;
    this.audit = audit;
    this.ids = ids;
    this.clock = clock;
  }

  /// Makes a source inside the caller's transaction.
  Source open(int ledger, SourceRequest request, Caller caller) {
    check(request);
    ZoneId zone = ZoneId.of(request.timeZone());
    Fetch fetch = request.fetch();
    String schedule = fetch == null ? null : fetch.schedule();
    Instant now = clock.instant();
    SourceRow source =
        new SourceRow(
            request.code(),
            request.name(),
            request.kind(),
            request.settlementDays(),
            request.calendar(),
            zone,
            request.cutOff(),
            request.format(),
            fetch == null ? null : fetch.folder(),
            schedule,
            schedule == null ? null : new FetchSchedule(schedule, zone).next(now),
            0,
            now,
            counterparts(ledger, request.accounts()));
    if (!store.insert(ledger, source)) {
      throw Problem.of("source-exists", 409, "There is a source '" + source.code() + "' already.")
          .asException();
    }
    Source made = source.toModel();
    audit.write(ledger, caller, AuditChange.made("source.open", "source", source.code(), made));
    return made;
  }

  private List<SourceAccountRow> counterparts(int ledger, List<SourceAccount> requested) {
    List<SourceAccountRow> rows = new ArrayList<>();
    for (SourceAccount each : requested) {
      AccountRow books = accounts.get(ledger, each.ledgerAccount());
      if (!books.currency().equals(each.currency())) {
        throw Problem.of(
                "currency-mismatch",
                422,
                "The account '%s' is in %s, not in %s."
                    .formatted(books.code(), books.currency(), each.currency()))
            .asException();
      }
      rows.add(
          new SourceAccountRow(
              ids.next(),
              each.currency(),
              books.code(),
              books.id(),
              each.accountId() == null ? null : BankAccounts.normalised(each.accountId()),
              0));
    }
    return rows;
  }

  private static void check(SourceRequest request) {
    new FieldChecks()
        .text("code", request.code(), 64)
        .that(
            request.code() != null && CODE.matcher(request.code()).matches(),
            "code",
            "must match " + CODE.pattern())
        .text("name", request.name(), NAME_LONGEST)
        .required("kind", request.kind())
        .required("calendar", request.calendar())
        .required("cutOff", request.cutOff())
        .that(isZone(request.timeZone()), "timeZone", "must be a time zone such as Europe/Berlin")
        .that(
            request.settlementDays() >= 0 && request.settlementDays() <= SETTLEMENT_DAYS_MAX,
            "settlementDays",
            "must be from 0 to " + SETTLEMENT_DAYS_MAX)
        .that(
            request.format() == null || FORMATS.contains(request.format()),
            "format",
            "must be one of " + FORMATS.stream().sorted().toList())
        .size("accounts", request.accounts(), 1, ACCOUNTS_MAX)
        .orThrow();
    checkAccounts(request.accounts());
    if (request.fetch() != null) {
      check(request.fetch(), ZoneId.of(request.timeZone()));
    }
  }

  private static void checkAccounts(List<SourceAccount> accounts) {
    FieldChecks checks = new FieldChecks();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < accounts.size(); i++) {
      SourceAccount account = accounts.get(i);
      String field = "accounts[" + i + "]";
      checks
          .required(field + ".currency", account.currency())
          .text(field + ".ledgerAccount", account.ledgerAccount(), 128)
          .that(seen.add(account.ledgerAccount()), field, "names a ledger account a second time")
          .that(
              account.accountId() == null || !account.accountId().isBlank(),
              field + ".accountId",
              "must not be blank");
    }
    checks.orThrow();
  }

  private static void check(Fetch fetch, ZoneId zone) {
    new FieldChecks()
        .that(
            fetch.url() == null && fetch.provider() == null && fetch.folder() != null,
            "fetch",
            "must name a folder; this server fetches from folders only")
        .that(
            fetch.folder() == null || isAbsolute(fetch.folder()),
            "fetch.folder",
            "must be an absolute path on the server")
        .that(
            fetch.schedule() == null || isSchedule(fetch.schedule(), zone),
            "fetch.schedule",
            "must be a time of day (06:30), a duration (PT15M) or a cron expression")
        .orThrow();
  }

  private static boolean isZone(@Nullable String text) {
    try {
      return text != null && !ZoneId.of(text).getId().toLowerCase(Locale.ROOT).isBlank();
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isAbsolute(String folder) {
    try {
      return Path.of(folder).isAbsolute();
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static boolean isSchedule(String text, ZoneId zone) {
    try {
      new FetchSchedule(text, zone);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// @throws io.countersign.server.api.ProblemException 404 `not-found`
  SourceRow get(int ledger, String code) {
    return store
        .find(ledger, code)
        .orElseThrow(() -> Problems.notFound("source '" + code + "'").asException());
  }

  Page<Source> page(int ledger, @Nullable String after, int limit) {
    String last = after == null ? "" : Cursor.read(after, 1).getFirst();
    return Page.of(store.page(ledger, last, limit + 1), limit, it -> Cursor.of(it.code()))
        .map(SourceRow::toModel);
  }
}
