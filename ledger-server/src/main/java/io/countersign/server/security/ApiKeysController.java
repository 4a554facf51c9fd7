package io.countersign.server.security;

import io.countersign.model.EmptyRequest;
import io.countersign.model.id.KeyId;
import io.countersign.model.identity.ApiKey;
import io.countersign.model.identity.ApiKeyPatch;
import io.countersign.model.identity.ApiKeyRequest;
import io.countersign.server.api.Answer;
import io.countersign.server.api.Caller;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.OncePerKey;
import io.countersign.server.api.Page;
import io.countersign.server.api.PageRequest;
import io.countersign.server.database.Transactions;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/api-keys")
class ApiKeysController {

  private final ApiKeys keys;
  private final OncePerKey once;
  private final Transactions transactions;

  ApiKeysController(ApiKeys keys, OncePerKey once, Transactions transactions) {
    this.keys = keys;
    this.once = once;
    this.transactions = transactions;
  }

  @PostMapping
  ResponseEntity<byte[]> create(
      Caller caller, KeyedRequest request, @RequestBody ApiKeyRequest body) {
    ApiKeys.check(body);
    return once.execute(
        request,
        () -> {
          ApiKey key = keys.create(caller, body);
          return Answer.created(key).replayedAs(withoutSecret(key));
        });
  }

  @GetMapping
  Page<ApiKey> list(Caller caller, PageRequest page) {
    return keys.page(caller, page);
  }

  @GetMapping("/{id}")
  ApiKey key(Caller caller, @PathVariable KeyId id) {
    return transactions.write(() -> keys.get(caller, id));
  }

  @PatchMapping("/{id}")
  ApiKey change(Caller caller, @PathVariable KeyId id, @RequestBody ApiKeyPatch body) {
    ApiKeys.check(body);
    return transactions.write(() -> keys.change(caller, id, body));
  }

  @PostMapping("/{id}/revoke")
  ResponseEntity<byte[]> revoke(
      Caller caller,
      KeyedRequest request,
      @PathVariable KeyId id,
      @RequestBody(required = false) @Nullable EmptyRequest body) {
    return once.execute(request, () -> Answer.ok(keys.revoke(caller, id)));
  }

  private static ApiKey withoutSecret(ApiKey key) {
    return new ApiKey(
        key.id(),
        key.name(),
        key.ledger(),
        key.roles(),
        key.otherGrants(),
        key.createdAt(),
        key.expiresAt(),
        key.revokedAt(),
        null);
  }
}
