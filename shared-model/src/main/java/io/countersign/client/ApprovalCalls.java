package io.countersign.client;

import io.countersign.model.EmptyRequest;
import io.countersign.model.Page;
import io.countersign.model.ReasonRequest;
import io.countersign.model.approvals.Adjustment;
import io.countersign.model.approvals.AdjustmentRequest;
import io.countersign.model.approvals.Approval;
import io.countersign.model.approvals.ApproveRequest;
import io.countersign.model.id.AdjustmentId;
import io.countersign.model.id.ApprovalId;
import tools.jackson.core.type.TypeReference;

/// `docs/api.md`, section 7.
public final class ApprovalCalls {

  private final Transport transport;
  private final String base;

  ApprovalCalls(Transport transport, String base) {
    this.transport = transport;
    this.base = base;
  }

  public Page<Approval> list(Query query) {
    return transport.get(base + "/approvals", query, new TypeReference<>() {});
  }

  public Approval get(ApprovalId id) {
    return transport.get(path(id), Query.ALL, new TypeReference<>() {});
  }

  public Approval approve(ApprovalId id, ApproveRequest request, Intent intent) {
    return transport.post(path(id) + "/approve", request, intent, new TypeReference<>() {});
  }

  public Approval reject(ApprovalId id, ReasonRequest request, Intent intent) {
    return transport.post(path(id) + "/reject", request, intent, new TypeReference<>() {});
  }

  public Approval withdraw(ApprovalId id, Intent intent) {
    return transport.post(
        path(id) + "/withdraw", new EmptyRequest(), intent, new TypeReference<>() {});
  }

  public ProposedAdjustment propose(AdjustmentRequest request, Intent intent) {
    return transport.post(base + "/adjustments", request, intent, new TypeReference<>() {});
  }

  public Page<Adjustment> adjustments(Query query) {
    return transport.get(base + "/adjustments", query, new TypeReference<>() {});
  }

  public Adjustment adjustment(AdjustmentId id) {
    return transport.get(base + "/adjustments/" + id, Query.ALL, new TypeReference<>() {});
  }

  private String path(ApprovalId id) {
    return base + "/approvals/" + id;
  }
}
