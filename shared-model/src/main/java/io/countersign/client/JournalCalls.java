package io.countersign.client;

import io.countersign.model.EmptyRequest;
import io.countersign.model.Page;
import io.countersign.model.ReasonRequest;
import io.countersign.model.approvals.Proposed;
import io.countersign.model.id.HoldId;
import io.countersign.model.id.TransactionId;
import io.countersign.model.journal.CaptureRequest;
import io.countersign.model.journal.Hold;
import io.countersign.model.journal.HoldRequest;
import io.countersign.model.journal.Period;
import io.countersign.model.journal.ReversalRequest;
import io.countersign.model.journal.Transaction;
import io.countersign.model.journal.TransactionRequest;
import io.countersign.model.journal.TransferRequest;
import java.net.http.HttpResponse;
import tools.jackson.core.type.TypeReference;

/// `docs/api.md`, section 5.
public final class JournalCalls {

  private final Transport transport;
  private final String base;

  JournalCalls(Transport transport, String base) {
    this.transport = transport;
    this.base = base;
  }

  public Transaction record(TransactionRequest request, Intent intent) {
    return transport.post(base + "/transactions", request, intent, new TypeReference<>() {});
  }

  public Transaction transfer(TransferRequest request, Intent intent) {
    return transport.post(base + "/transfers", request, intent, new TypeReference<>() {});
  }

  public Page<Transaction> list(Query query) {
    return transport.get(base + "/transactions", query, new TypeReference<>() {});
  }

  public Transaction get(TransactionId id) {
    return transport.get(base + "/transactions/" + id, Query.ALL, new TypeReference<>() {});
  }

  public Effect<Transaction> reverse(TransactionId id, ReversalRequest request, Intent intent) {
    HttpResponse<byte[]> answer =
        transport.exchange(base + "/transactions/" + id + "/reversals", request, intent);
    if (answer.statusCode() == 202) {
      Proposed proposed = transport.read(answer, new TypeReference<>() {});
      return new Effect.AwaitsApproval<>(proposed.approvalId());
    }
    return new Effect.Done<>(transport.read(answer, new TypeReference<>() {}));
  }

  public Hold hold(HoldRequest request, Intent intent) {
    return transport.post(base + "/holds", request, intent, new TypeReference<>() {});
  }

  public Hold hold(HoldId id) {
    return transport.get(base + "/holds/" + id, Query.ALL, new TypeReference<>() {});
  }

  public Hold capture(HoldId id, CaptureRequest request, Intent intent) {
    return transport.post(
        base + "/holds/" + id + "/captures", request, intent, new TypeReference<>() {});
  }

  public Hold release(HoldId id, Intent intent) {
    return transport.post(
        base + "/holds/" + id + "/release", new EmptyRequest(), intent, new TypeReference<>() {});
  }

  public Page<Period> periods() {
    return transport.get(base + "/periods", Query.ALL, new TypeReference<>() {});
  }

  /// @param period such as `2026-10`
  public Period closePeriod(String period, Intent intent) {
    return transport.post(
        base + "/periods/" + period + "/close",
        new EmptyRequest(),
        intent,
        new TypeReference<>() {});
  }

  /// Proposes it: somebody else decides.
  ///
  /// @param period such as `2026-10`
  public Proposed reopenPeriod(String period, ReasonRequest request, Intent intent) {
    return transport.post(
        base + "/periods/" + period + "/reopen", request, intent, new TypeReference<>() {});
  }
}
