package io.countersign.server.approvals;

import io.countersign.model.EmptyRequest;
import io.countersign.model.Page;
import io.countersign.model.ReasonRequest;
import io.countersign.model.approvals.Approval;
import io.countersign.model.approvals.ApprovalKind;
import io.countersign.model.approvals.ApprovalState;
import io.countersign.model.approvals.ApproveRequest;
import io.countersign.model.id.ApprovalId;
import io.countersign.server.api.Answer;
import io.countersign.server.api.Caller;
import io.countersign.server.api.FieldChecks;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.OncePerKey;
import io.countersign.server.api.PageRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Proposals of a ledger, and at `/v1/approvals` those of the server itself.
@RestController
@RequestMapping({"/v1/ledgers/{ledger}/approvals", "/v1/approvals"})
class ApprovalsController {

  private static final int WORDS_MAX = 2_000;

  private final ApprovalLists lists;
  private final Decisions decisions;
  private final OncePerKey once;

  ApprovalsController(ApprovalLists lists, Decisions decisions, OncePerKey once) {
    this.lists = lists;
    this.decisions = decisions;
    this.once = once;
  }

  @GetMapping
  Page<Approval> list(
      LedgerScope ledger,
      @RequestParam @Nullable ApprovalState state,
      @RequestParam @Nullable ApprovalKind kind,
      @RequestParam @Nullable String proposedBy,
      PageRequest page) {
    return lists.page(ledger, new ApprovalFilter(state, kind, proposedBy), page);
  }

  @GetMapping("/{id}")
  Approval approval(LedgerScope ledger, @PathVariable ApprovalId id) {
    return lists.get(ledger, id);
  }

  @PostMapping("/{id}/approve")
  ResponseEntity<byte[]> approve(
      LedgerScope ledger,
      Caller caller,
      KeyedRequest request,
      @PathVariable ApprovalId id,
      @RequestBody ApproveRequest body) {
    new FieldChecks().optionalText("comment", body.comment(), WORDS_MAX).orThrow();
    decisions.requireAnother(ledger, caller, id);
    return once.execute(
        request,
        decisions.preamble(ledger, id),
        () -> Answer.ok(decisions.approve(ledger, caller, id, body)));
  }

  @PostMapping("/{id}/reject")
  ResponseEntity<byte[]> reject(
      LedgerScope ledger,
      Caller caller,
      KeyedRequest request,
      @PathVariable ApprovalId id,
      @RequestBody ReasonRequest body) {
    new FieldChecks().text("reason", body.reason(), WORDS_MAX).orThrow();
    decisions.requireAnother(ledger, caller, id);
    return once.execute(
        request, () -> Answer.ok(decisions.reject(ledger, caller, id, body.reason())));
  }

  @PostMapping("/{id}/withdraw")
  ResponseEntity<byte[]> withdraw(
      LedgerScope ledger,
      Caller caller,
      KeyedRequest request,
      @PathVariable ApprovalId id,
      @RequestBody(required = false) @Nullable EmptyRequest body) {
    return once.execute(request, () -> Answer.ok(decisions.withdraw(ledger, caller, id)));
  }
}
