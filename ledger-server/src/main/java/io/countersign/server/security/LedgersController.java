package io.countersign.server.security;

import io.countersign.model.ledgers.Ledger;
import io.countersign.model.ledgers.LedgerRequest;
import io.countersign.server.accounts.Ledgers;
import io.countersign.server.api.Answer;
import io.countersign.server.api.Caller;
import io.countersign.server.api.Cursor;
import io.countersign.server.api.FieldChecks;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.OncePerKey;
import io.countersign.server.api.Page;
import io.countersign.server.api.PageRequest;
import io.countersign.server.api.Problems;
import io.countersign.server.api.Role;
import io.countersign.server.audit.AuditChange;
import io.countersign.server.audit.AuditLog;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Ledgers as their callers see them. It is here and not with the accounts because who makes a
/// ledger is granted its administration.
@RestController
@RequestMapping("/v1/ledgers")
class LedgersController {

  private static final int NAME_MAX = 200;

  private final Ledgers ledgers;
  private final PersonStore people;
  private final Callers callers;
  private final AuditLog audit;
  private final OncePerKey once;

  LedgersController(
      Ledgers ledgers, PersonStore people, Callers callers, AuditLog audit, OncePerKey once) {
    this.ledgers = ledgers;
    this.people = people;
    this.callers = callers;
    this.audit = audit;
    this.once = once;
  }

  @PostMapping
  ResponseEntity<byte[]> create(
      Caller caller, KeyedRequest request, @RequestBody LedgerRequest body) {
    new FieldChecks().text("name", body.name(), NAME_MAX).orThrow();
    ZoneId zone = zone(body.timeZone());
    return once.execute(
        request,
        () -> {
          io.countersign.server.accounts.Ledger made =
              ledgers.create(body.code(), body.name(), zone);
          people.addGrant(made.id(), caller.id(), Role.ADMIN);
          callers.changed();
          Ledger model = model(made);
          audit.write(
              made.id(), caller, AuditChange.made("ledger.create", "ledger", made.code(), model));
          return Answer.created(model);
        });
  }

  @GetMapping
  Page<Ledger> list(Caller caller, PageRequest page) {
    String after = page.after() == null ? "" : Cursor.read(page.after(), 1).getFirst();
    List<Ledger> seen =
        ledgers.all().stream()
            .filter(ledger -> caller.sees(ledger.id()) && ledger.code().compareTo(after) > 0)
            .limit(page.limit() + 1L)
            .map(LedgersController::model)
            .toList();
    return Page.of(seen, page.limit(), ledger -> Cursor.of(ledger.code()));
  }

  private static Ledger model(io.countersign.server.accounts.Ledger ledger) {
    return new Ledger(ledger.code(), ledger.name(), ledger.timeZone().getId());
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw Problems.invalidRequest("timeZone", "must be an IANA name such as Europe/Berlin")
          .asException();
    }
  }
}
