package io.countersign.server.journal;

import io.countersign.model.ReasonRequest;
import io.countersign.model.accounts.Account;
import io.countersign.model.accounts.AccountEntry;
import io.countersign.model.accounts.AccountStatus;
import io.countersign.model.accounts.Balance;
import io.countersign.model.accounts.TrialBalance;
import io.countersign.server.accounts.Accounts;
import io.countersign.server.api.Answer;
import io.countersign.server.api.Caller;
import io.countersign.server.api.FieldChecks;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.OncePerKey;
import io.countersign.server.api.Page;
import io.countersign.server.api.PageRequest;
import io.countersign.server.api.QueryValues;
import io.countersign.server.audit.AuditChange;
import io.countersign.server.audit.AuditLog;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What accounts hold, and what the journal's gate decides about them.
@RestController
@RequestMapping("/v1/ledgers/{ledger}")
class BalancesController {

  private final Balances balances;
  private final AccountStatements statements;
  private final AccountStatuses statuses;
  private final Accounts accounts;
  private final AuditLog audit;
  private final Gate gate;
  private final OncePerKey once;

  BalancesController(
      Balances balances,
      AccountStatements statements,
      AccountStatuses statuses,
      Accounts accounts,
      AuditLog audit,
      Gate gate,
      OncePerKey once) {
    this.balances = balances;
    this.statements = statements;
    this.statuses = statuses;
    this.accounts = accounts;
    this.audit = audit;
    this.gate = gate;
    this.once = once;
  }

  @GetMapping("/accounts/{code}/balance")
  Balance balance(
      LedgerScope ledger,
      @PathVariable String code,
      @RequestParam @Nullable String effectiveOn,
      @RequestParam @Nullable String knownAt) {
    return balances.balance(ledger, code, day("effectiveOn", effectiveOn), instant(knownAt));
  }

  @GetMapping("/accounts/{code}/entries")
  Page<AccountEntry> entries(
      LedgerScope ledger,
      @PathVariable String code,
      @RequestParam @Nullable String from,
      @RequestParam @Nullable String to,
      PageRequest page) {
    return statements.page(
        ledger.id(), code, day("from", from), day("to", to), page.after(), page.limit());
  }

  @GetMapping("/trial-balance")
  TrialBalance trialBalance(
      LedgerScope ledger,
      @RequestParam @Nullable String effectiveOn,
      @RequestParam @Nullable String knownAt) {
    return balances.trialBalance(ledger, day("effectiveOn", effectiveOn), instant(knownAt));
  }

  @PostMapping("/accounts/{code}/freeze")
  ResponseEntity<byte[]> freeze(
      LedgerScope ledger,
      Caller caller,
      @PathVariable String code,
      KeyedRequest request,
      @RequestBody ReasonRequest body) {
    return change(
        ledger, caller, code, request, body, Set.of(AccountStatus.OPEN), AccountStatus.FROZEN);
  }

  @PostMapping("/accounts/{code}/unfreeze")
  ResponseEntity<byte[]> unfreeze(
      LedgerScope ledger,
      Caller caller,
      @PathVariable String code,
      KeyedRequest request,
      @RequestBody ReasonRequest body) {
    return change(
        ledger, caller, code, request, body, Set.of(AccountStatus.FROZEN), AccountStatus.OPEN);
  }

  @PostMapping("/accounts/{code}/close")
  ResponseEntity<byte[]> close(
      LedgerScope ledger,
      Caller caller,
      @PathVariable String code,
      KeyedRequest request,
      @RequestBody ReasonRequest body) {
    return change(
        ledger,
        caller,
        code,
        request,
        body,
        Set.of(AccountStatus.OPEN, AccountStatus.FROZEN),
        AccountStatus.CLOSED);
  }

  private ResponseEntity<byte[]> change(
      LedgerScope ledger,
      Caller caller,
      String code,
      KeyedRequest request,
      ReasonRequest body,
      Set<AccountStatus> from,
      AccountStatus to) {
    new FieldChecks().text("reason", body.reason(), Drafts.DESCRIPTION_LONGEST).orThrow();
    return once.execute(
        request,
        gate.closing(),
        () -> {
          AccountStatus before = accounts.get(ledger.id(), code).status();
          Account changed = statuses.change(ledger, code, from, to);
          audit.write(
              ledger.id(),
              caller,
              AuditChange.changed(
                  "account." + verb(to),
                  "account",
                  code,
                  Map.of("status", before),
                  Map.of("status", to, "reason", body.reason())));
          return Answer.ok(changed);
        });
  }

  private static String verb(AccountStatus to) {
    return switch (to) {
      case FROZEN -> "freeze";
      case OPEN -> "unfreeze";
      case CLOSED -> "close";
    };
  }

  private static @Nullable LocalDate day(String parameter, @Nullable String text) {
    return QueryValues.unbounded(parameter, text, LocalDate::parse);
  }

  private static @Nullable Instant instant(@Nullable String knownAt) {
    return QueryValues.unbounded("knownAt", knownAt, Instant::parse);
  }
}
