package io.countersign.server.outbox.delivery;

import io.countersign.model.EmptyRequest;
import io.countersign.model.id.EventId;
import io.countersign.model.id.WebhookEndpointId;
import io.countersign.model.webhooks.DeliveryState;
import io.countersign.model.webhooks.WebhookDelivery;
import io.countersign.model.webhooks.WebhookEndpoint;
import io.countersign.model.webhooks.WebhookEndpointRequest;
import io.countersign.server.api.Answer;
import io.countersign.server.api.Caller;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.OncePerKey;
import io.countersign.server.api.Page;
import io.countersign.server.api.PageRequest;
import io.countersign.server.api.Problem;
import io.countersign.server.database.Transactions;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/ledgers/{ledger}/webhook-endpoints")
class EndpointsController {

  private final Endpoints endpoints;
  private final OncePerKey once;
  private final Transactions transactions;

  EndpointsController(Endpoints endpoints, OncePerKey once, Transactions transactions) {
    this.endpoints = endpoints;
    this.once = once;
    this.transactions = transactions;
  }

  @PostMapping
  ResponseEntity<byte[]> create(
      LedgerScope ledger,
      Caller caller,
      KeyedRequest request,
      @RequestBody WebhookEndpointRequest body) {
    endpoints.check(body);
    @Nullable Problem refusal = endpoints.refusal(body);
    return once.execute(
        request,
        () -> {
          if (refusal != null) {
            throw refusal.asException();
          }
          return shownOnce(201, endpoints.create(ledger, caller, body));
        });
  }

  @GetMapping
  Page<WebhookEndpoint> list(LedgerScope ledger, PageRequest page) {
    return endpoints.page(ledger, page);
  }

  @GetMapping("/{id}")
  WebhookEndpoint endpoint(LedgerScope ledger, @PathVariable WebhookEndpointId id) {
    return endpoints.get(ledger, id);
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(LedgerScope ledger, Caller caller, @PathVariable WebhookEndpointId id) {
    transactions.run(() -> endpoints.delete(ledger, caller, id));
  }

  @PostMapping("/{id}/rotate-secret")
  ResponseEntity<byte[]> rotateSecret(
      LedgerScope ledger,
      Caller caller,
      KeyedRequest request,
      @PathVariable WebhookEndpointId id,
      @RequestBody(required = false) @Nullable EmptyRequest body) {
    return once.execute(request, () -> shownOnce(200, endpoints.rotateSecret(ledger, caller, id)));
  }

  @PostMapping("/{id}/enable")
  ResponseEntity<byte[]> enable(
      LedgerScope ledger,
      Caller caller,
      KeyedRequest request,
      @PathVariable WebhookEndpointId id,
      @RequestBody(required = false) @Nullable EmptyRequest body) {
    return once.execute(request, () -> Answer.ok(endpoints.enable(ledger, caller, id)));
  }

  @GetMapping("/{id}/deliveries")
  Page<WebhookDelivery> deliveries(
      LedgerScope ledger,
      @PathVariable WebhookEndpointId id,
      @RequestParam(required = false) @Nullable DeliveryState state,
      PageRequest page) {
    return endpoints.deliveries(ledger, id, state, page);
  }

  @PostMapping("/{id}/deliveries/{event}/replay")
  ResponseEntity<byte[]> replay(
      LedgerScope ledger,
      Caller caller,
      KeyedRequest request,
      @PathVariable WebhookEndpointId id,
      @PathVariable EventId event,
      @RequestBody(required = false) @Nullable EmptyRequest body) {
    return once.execute(request, () -> Answer.ok(endpoints.replay(ledger, caller, id, event)));
  }

  private static Answer shownOnce(int status, WebhookEndpoint endpoint) {
    return new Answer(status, endpoint).replayedAs(endpoint.withSecret(null));
  }
}
