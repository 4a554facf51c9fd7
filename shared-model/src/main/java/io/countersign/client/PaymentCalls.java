package io.countersign.client;

import io.countersign.model.EmptyRequest;
import io.countersign.model.Page;
import io.countersign.model.approvals.Proposed;
import io.countersign.model.id.PaymentId;
import io.countersign.model.id.RefundId;
import io.countersign.model.payments.NoteRequest;
import io.countersign.model.payments.OwnerRequest;
import io.countersign.model.payments.Payment;
import io.countersign.model.payments.PaymentBulkAnswer;
import io.countersign.model.payments.PaymentBulkRequest;
import io.countersign.model.payments.PaymentEvent;
import io.countersign.model.payments.PaymentRequest;
import io.countersign.model.payments.Refund;
import io.countersign.model.payments.RefundRequest;
import io.countersign.model.payments.ResolutionRequest;
import tools.jackson.core.type.TypeReference;

/// `docs/api.md`, section 6.
public final class PaymentCalls {

  private final Transport transport;
  private final String base;

  PaymentCalls(Transport transport, String base) {
    this.transport = transport;
    this.base = base;
  }

  /// The payment may still be on its way: look at its state.
  public Payment charge(PaymentRequest request, Intent intent) {
    return transport.post(base + "/payments", request, intent, new TypeReference<>() {});
  }

  /// A work queue: the page says how many there are in all.
  public Page<Payment> list(Query query) {
    return transport.get(base + "/payments", query, new TypeReference<>() {});
  }

  public Payment get(PaymentId id) {
    return transport.get(path(id), Query.ALL, new TypeReference<>() {});
  }

  public Page<PaymentEvent> events(PaymentId id) {
    return transport.get(path(id) + "/events", Query.ALL, new TypeReference<>() {});
  }

  /// Asks the provider now.
  public void check(PaymentId id, Intent intent) {
    transport.exchange(path(id) + "/checks", new EmptyRequest(), intent);
  }

  public void assign(PaymentId id, OwnerRequest request, Intent intent) {
    transport.exchange(path(id) + "/assign", request, intent);
  }

  public void note(PaymentId id, NoteRequest request, Intent intent) {
    transport.exchange(path(id) + "/notes", request, intent);
  }

  /// Each payment has an outcome of its own; a refusal of one refuses no other.
  public PaymentBulkAnswer bulk(PaymentBulkRequest request, Intent intent) {
    return transport.post(base + "/payments/bulk", request, intent, new TypeReference<>() {});
  }

  public Refund refund(PaymentId id, RefundRequest request, Intent intent) {
    return transport.post(path(id) + "/refunds", request, intent, new TypeReference<>() {});
  }

  public Refund refund(RefundId id) {
    return transport.get(base + "/refunds/" + id, Query.ALL, new TypeReference<>() {});
  }

  public Proposed proposeResolution(PaymentId id, ResolutionRequest request, Intent intent) {
    return transport.post(path(id) + "/resolutions", request, intent, new TypeReference<>() {});
  }

  private String path(PaymentId id) {
    return base + "/payments/" + id;
  }
}
