package io.countersign.server.payments;

import io.countersign.model.EmptyRequest;
import io.countersign.model.Page;
import io.countersign.model.WireName;
import io.countersign.model.id.PaymentId;
import io.countersign.model.id.RefundId;
import io.countersign.model.payments.NoteRequest;
import io.countersign.model.payments.OwnerRequest;
import io.countersign.model.payments.Payment;
import io.countersign.model.payments.PaymentBulkRequest;
import io.countersign.model.payments.PaymentEvent;
import io.countersign.model.payments.PaymentRequest;
import io.countersign.model.payments.PaymentState;
import io.countersign.model.payments.Refund;
import io.countersign.model.payments.RefundRequest;
import io.countersign.model.payments.ResolutionRequest;
import io.countersign.server.api.Caller;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.PageRequest;
import io.countersign.server.api.PathIds;
import io.countersign.server.api.QueryValues;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
@RequestMapping("/v1/ledgers/{ledger}")
class PaymentsController {

  private final Payments payments;
  private final PaymentDesk desk;
  private final PaymentBulk bulk;
  private final Refunds refunds;
  private final Resolutions resolutions;
  private final Clock clock;

  PaymentsController(
      Payments payments,
      PaymentDesk desk,
      PaymentBulk bulk,
      Refunds refunds,
      Resolutions resolutions,
      Clock clock) {
    this.payments = payments;
    this.desk = desk;
    this.bulk = bulk;
    this.refunds = refunds;
    this.resolutions = resolutions;
    this.clock = clock;
  }

  @PostMapping("/payments")
  ResponseEntity<byte[]> charge(
      LedgerScope ledger, Caller caller, KeyedRequest request, @RequestBody PaymentRequest body) {
    return payments.charge(ledger, caller, request, body);
  }

  @GetMapping("/payments")
  Page<Payment> list(
      LedgerScope ledger,
      @RequestParam @Nullable String state,
      @RequestParam @Nullable String provider,
      @RequestParam @Nullable String reference,
      @RequestParam @Nullable String providerReference,
      @RequestParam @Nullable String olderThan,
      @RequestParam @Nullable String minAmount,
      @RequestParam @Nullable String owner,
      @RequestParam @Nullable String sort,
      PageRequest page) {
    PaymentFilter.Sort order = QueryValues.optional("sort", sort, PaymentFilter.Sort::parse);
    PaymentFilter filter =
        new PaymentFilter(
            QueryValues.optional("state", state, it -> WireName.parse(PaymentState.class, it)),
            QueryValues.optional("provider", provider, it -> it),
            QueryValues.optional("reference", reference, it -> it),
            QueryValues.optional("providerReference", providerReference, it -> it),
            QueryValues.optional("olderThan", olderThan, this::before),
            QueryValues.optional("minAmount", minAmount, Long::valueOf),
            QueryValues.optional("owner", owner, it -> it),
            order == null ? PaymentFilter.Sort.NEWEST : order);
    return desk.page(ledger.id(), filter, page);
  }

  @GetMapping("/payments/{id}")
  Payment payment(LedgerScope ledger, @PathVariable String id) {
    return desk.get(ledger.id(), payment(id));
  }

  @GetMapping("/payments/{id}/events")
  Page<PaymentEvent> events(LedgerScope ledger, @PathVariable String id) {
    return new Page<>(desk.events(ledger.id(), payment(id)), null, null);
  }

  @PostMapping("/payments/{id}/checks")
  ResponseEntity<byte[]> check(
      LedgerScope ledger,
      Caller caller,
      KeyedRequest request,
      @PathVariable String id,
      @RequestBody EmptyRequest body) {
    return payments.check(ledger, caller, request, payment(id));
  }

  @PostMapping("/payments/bulk")
  ResponseEntity<byte[]> bulk(
      LedgerScope ledger,
      Caller caller,
      KeyedRequest request,
      @RequestBody PaymentBulkRequest body) {
    return bulk.act(ledger.id(), caller, request, body);
  }

  @PostMapping("/payments/{id}/assign")
  ResponseEntity<byte[]> assign(
      LedgerScope ledger,
      Caller caller,
      KeyedRequest request,
      @PathVariable String id,
      @RequestBody OwnerRequest body) {
    return desk.assign(ledger.id(), caller, request, payment(id), body.owner());
  }

  @PostMapping("/payments/{id}/notes")
  ResponseEntity<byte[]> note(
      LedgerScope ledger,
      Caller caller,
      KeyedRequest request,
      @PathVariable String id,
      @RequestBody NoteRequest body) {
    return desk.note(ledger.id(), caller, request, payment(id), body.text());
  }

  @PostMapping("/payments/{id}/resolutions")
  ResponseEntity<byte[]> resolve(
      LedgerScope ledger,
      Caller caller,
      KeyedRequest request,
      @PathVariable String id,
      @RequestBody ResolutionRequest body) {
    return resolutions.propose(ledger, caller, request, payment(id), body);
  }

  @PostMapping("/payments/{id}/refunds")
  ResponseEntity<byte[]> refund(
      LedgerScope ledger,
      Caller caller,
      KeyedRequest request,
      @PathVariable String id,
      @RequestBody RefundRequest body) {
    return refunds.request(ledger, caller, request, payment(id), body);
  }

  @GetMapping("/refunds/{id}")
  Refund refund(LedgerScope ledger, @PathVariable String id) {
    return refunds.get(ledger.id(), PathIds.read("refund", id, RefundId::parse));
  }

  /// An age such as `PT15M`, or an instant.
  private Instant before(String text) {
    return text.startsWith("P") ? clock.instant().minus(Duration.parse(text)) : Instant.parse(text);
  }

  private static PaymentId payment(String id) {
    return PathIds.read("payment", id, PaymentId::parse);
  }
}
