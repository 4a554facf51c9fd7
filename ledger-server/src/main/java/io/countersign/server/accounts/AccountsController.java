package io.countersign.server.accounts;

import io.countersign.model.WireName;
import io.countersign.model.accounts.Account;
import io.countersign.model.accounts.AccountRequest;
import io.countersign.model.accounts.AccountStatus;
import io.countersign.model.accounts.AccountType;
import io.countersign.server.api.Answer;
import io.countersign.server.api.Caller;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.OncePerKey;
import io.countersign.server.api.Page;
import io.countersign.server.api.PageRequest;
import io.countersign.server.api.QueryValues;
import io.countersign.server.audit.AuditChange;
import io.countersign.server.audit.AuditLog;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/ledgers/{ledger}/accounts")
class AccountsController {

  private final Accounts accounts;
  private final AuditLog audit;
  private final OncePerKey once;

  AccountsController(Accounts accounts, AuditLog audit, OncePerKey once) {
    this.accounts = accounts;
    this.audit = audit;
    this.once = once;
  }

  @PostMapping
  ResponseEntity<byte[]> open(
      LedgerScope ledger, Caller caller, KeyedRequest request, @RequestBody AccountRequest body) {
    return once.execute(
        request,
        () -> {
          Account opened = accounts.open(ledger.id(), body).toModel();
          audit.write(
              ledger.id(),
              caller,
              AuditChange.made("account.open", "account", opened.code(), opened));
          return Answer.created(opened);
        });
  }

  @GetMapping
  Page<Account> list(
      LedgerScope ledger,
      @RequestParam(defaultValue = "") String prefix,
      @RequestParam @Nullable String type,
      @RequestParam @Nullable String status,
      PageRequest page) {
    AccountFilter filter =
        new AccountFilter(
            prefix,
            QueryValues.optional("type", type, AccountType::valueOf),
            QueryValues.optional("status", status, it -> WireName.parse(AccountStatus.class, it)));
    return accounts.page(ledger.id(), filter, page.after(), page.limit()).map(AccountRow::toModel);
  }

  @GetMapping("/{code}")
  Account account(LedgerScope ledger, @PathVariable String code) {
    return accounts.get(ledger.id(), code).toModel();
  }
}
