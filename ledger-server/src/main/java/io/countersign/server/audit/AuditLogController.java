package io.countersign.server.audit;

import io.countersign.model.audit.AuditRecord;
import io.countersign.server.api.Cursor;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.Page;
import io.countersign.server.api.PageRequest;
import io.countersign.server.api.QueryValues;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The log as auditors and administrators read it, the newest first.
@RestController
class AuditLogController {

  private static final int DAY_LENGTH = "2026-11-30".length();

  private final AuditStore store;

  AuditLogController(AuditStore store) {
    this.store = store;
  }

  /// @param from a day in the ledger's time zone, or an instant
  /// @param to likewise; the day, or the instant, belongs to what is asked for
  @GetMapping("/v1/ledgers/{ledger}/audit-log")
  Page<AuditRecord> list(
      LedgerScope ledger,
      @RequestParam @Nullable String actor,
      @RequestParam @Nullable String from,
      @RequestParam @Nullable String to,
      @RequestParam @Nullable String object,
      PageRequest page) {
    ZoneId zone = ledger.timeZone();
    AuditFilter filter =
        new AuditFilter(
            QueryValues.optional("actor", actor, it -> it),
            QueryValues.optional("from", from, it -> start(it, zone)),
            QueryValues.optional("to", to, it -> end(it, zone)),
            QueryValues.optional("object", object, it -> it));
    AuditStore.Place after = QueryValues.optional("after", page.after(), AuditLogController::place);
    List<AuditRecord> rows = store.page(ledger.id(), filter, after, page.limit() + 1);
    return Page.of(rows, page.limit(), row -> Cursor.of(row.at(), row.id()));
  }

  private static Instant start(String text, ZoneId zone) {
    return text.length() == DAY_LENGTH
        ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
        : Instant.parse(text);
  }

  private static Instant end(String text, ZoneId zone) {
    return text.length() == DAY_LENGTH
        ? LocalDate.parse(text).plusDays(1).atStartOfDay(zone).toInstant()
        : Instant.parse(text).plus(1, ChronoUnit.MICROS);
  }

  private static AuditStore.Place place(String cursor) {
    List<String> parts = Cursor.read(cursor, 2);
    return new AuditStore.Place(Instant.parse(parts.getFirst()), UUID.fromString(parts.getLast()));
  }
}
