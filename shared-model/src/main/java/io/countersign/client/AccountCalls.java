package io.countersign.client;

import io.countersign.model.Page;
import io.countersign.model.ReasonRequest;
import io.countersign.model.accounts.Account;
import io.countersign.model.accounts.AccountEntry;
import io.countersign.model.accounts.AccountRequest;
import io.countersign.model.accounts.Balance;
import io.countersign.model.accounts.TrialBalance;
import tools.jackson.core.type.TypeReference;

/// `docs/api.md`, section 4.
public final class AccountCalls {

  private final Transport transport;
  private final String base;

  AccountCalls(Transport transport, String base) {
    this.transport = transport;
    this.base = base;
  }

  public Account open(AccountRequest request, Intent intent) {
    return transport.post(base + "/accounts", request, intent, new TypeReference<>() {});
  }

  public Page<Account> list(Query query) {
    return transport.get(base + "/accounts", query, new TypeReference<>() {});
  }

  public Account get(String code) {
    return transport.get(path(code), Query.ALL, new TypeReference<>() {});
  }

  public Account freeze(String code, ReasonRequest request, Intent intent) {
    return transport.post(path(code) + "/freeze", request, intent, new TypeReference<>() {});
  }

  public Account unfreeze(String code, ReasonRequest request, Intent intent) {
    return transport.post(path(code) + "/unfreeze", request, intent, new TypeReference<>() {});
  }

  public Account close(String code, ReasonRequest request, Intent intent) {
    return transport.post(path(code) + "/close", request, intent, new TypeReference<>() {});
  }

  public Balance balance(String code, Query query) {
    return transport.get(path(code) + "/balance", query, new TypeReference<>() {});
  }

  public Page<AccountEntry> entries(String code, Query query) {
    return transport.get(path(code) + "/entries", query, new TypeReference<>() {});
  }

  public TrialBalance trialBalance(Query query) {
    return transport.get(base + "/trial-balance", query, new TypeReference<>() {});
  }

  private String path(String code) {
    return base + "/accounts/" + Query.encode(code);
  }
}
