package io.countersign.server.reconciliation.cases;

import io.countersign.model.Page;
import io.countersign.model.ReasonRequest;
import io.countersign.model.WireName;
import io.countersign.model.id.ExceptionId;
import io.countersign.model.reconciliation.AssignRequest;
import io.countersign.model.reconciliation.CommentRequest;
import io.countersign.model.reconciliation.ExceptionAdjustmentRequest;
import io.countersign.model.reconciliation.ExceptionBulkRequest;
import io.countersign.model.reconciliation.ExceptionCase;
import io.countersign.model.reconciliation.ExceptionCategory;
import io.countersign.model.reconciliation.ExceptionState;
import io.countersign.model.reconciliation.MatchRequest;
import io.countersign.model.reconciliation.WriteOffRequest;
import io.countersign.server.api.Answer;
import io.countersign.server.api.Caller;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.OncePerKey;
import io.countersign.server.api.PageRequest;
import io.countersign.server.api.PathIds;
import io.countersign.server.api.QueryValues;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
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
@RequestMapping("/v1/ledgers/{ledger}/exceptions")
class ExceptionsController {

  private final CaseViews views;
  private final CaseDesk desk;
  private final CaseProposals proposals;
  private final CaseBulk bulk;
  private final OncePerKey once;
  private final Clock clock;

  ExceptionsController(
      CaseViews views,
      CaseDesk desk,
      CaseProposals proposals,
      CaseBulk bulk,
      OncePerKey once,
      Clock clock) {
    this.views = views;
    this.desk = desk;
    this.proposals = proposals;
    this.bulk = bulk;
    this.once = once;
    this.clock = clock;
  }

  /// @param olderThan a duration such as `P3D` or `PT12H`, or an instant
  @GetMapping
  Page<ExceptionCase> list(
      LedgerScope ledger,
      @RequestParam @Nullable String state,
      @RequestParam @Nullable String category,
      @RequestParam @Nullable String assignee,
      @RequestParam @Nullable String source,
      @RequestParam @Nullable String olderThan,
      @RequestParam @Nullable String minAmount,
      @RequestParam @Nullable String text,
      @RequestParam @Nullable String sort,
      PageRequest page) {
    CaseFilter.Sort order =
        QueryValues.optional(
            "sort", sort, it -> CaseFilter.Sort.valueOf(it.toUpperCase(Locale.ROOT)));
    CaseFilter filter =
        new CaseFilter(
            QueryValues.optional("state", state, it -> WireName.parse(ExceptionState.class, it)),
            QueryValues.optional(
                "category", category, it -> WireName.parse(ExceptionCategory.class, it)),
            QueryValues.optional("assignee", assignee, it -> it),
            QueryValues.optional("source", source, it -> it),
            QueryValues.optional("olderThan", olderThan, this::before),
            QueryValues.optional("minAmount", minAmount, Long::valueOf),
            QueryValues.optional("text", text, it -> it),
            order == null ? CaseFilter.Sort.AGE : order);
    return views.page(ledger.id(), filter, page);
  }

  private Instant before(String olderThan) {
    return olderThan.startsWith("P")
        ? clock.instant().minus(Duration.parse(olderThan))
        : Instant.parse(olderThan);
  }

  @GetMapping("/{id}")
  ExceptionCase exception(LedgerScope ledger, @PathVariable String id) {
    return views.get(ledger.id(), id(id));
  }

  @PostMapping("/{id}/assign")
  ResponseEntity<byte[]> assign(
      LedgerScope ledger,
      Caller caller,
      KeyedRequest request,
      @PathVariable String id,
      @RequestBody AssignRequest body) {
    return once.execute(
        request, () -> Answer.ok(desk.assign(ledger.id(), id(id), body.assignee(), caller)));
  }

  @PostMapping("/{id}/comments")
  ResponseEntity<byte[]> comment(
      LedgerScope ledger,
      Caller caller,
      KeyedRequest request,
      @PathVariable String id,
      @RequestBody CommentRequest body) {
    return once.execute(
        request, () -> Answer.ok(desk.comment(ledger.id(), id(id), body.text(), caller)));
  }

  @PostMapping("/{id}/match")
  ResponseEntity<byte[]> match(
      LedgerScope ledger,
      Caller caller,
      KeyedRequest request,
      @PathVariable String id,
      @RequestBody MatchRequest body) {
    return once.execute(request, () -> Answer.ok(desk.match(ledger.id(), id(id), body, caller)));
  }

  @PostMapping("/{id}/dismiss")
  ResponseEntity<byte[]> dismiss(
      LedgerScope ledger,
      Caller caller,
      KeyedRequest request,
      @PathVariable String id,
      @RequestBody ReasonRequest body) {
    return once.execute(request, () -> answer(desk.dismiss(ledger, id(id), body.reason(), caller)));
  }

  // What awaits approval is promised and not done yet.
  private static Answer answer(ExceptionCase after) {
    return after.state() == ExceptionState.AWAITING_APPROVAL
        ? Answer.accepted(after)
        : Answer.ok(after);
  }

  @PostMapping("/{id}/write-off")
  ResponseEntity<byte[]> writeOff(
      LedgerScope ledger,
      Caller caller,
      KeyedRequest request,
      @PathVariable String id,
      @RequestBody WriteOffRequest body) {
    return once.execute(request, () -> answer(proposals.writeOff(ledger, id(id), body, caller)));
  }

  @PostMapping("/{id}/adjust")
  ResponseEntity<byte[]> adjust(
      LedgerScope ledger,
      Caller caller,
      KeyedRequest request,
      @PathVariable String id,
      @RequestBody ExceptionAdjustmentRequest body) {
    return once.execute(request, () -> answer(proposals.adjust(ledger, id(id), body, caller)));
  }

  @PostMapping("/{id}/reopen")
  ResponseEntity<byte[]> reopen(
      LedgerScope ledger,
      Caller caller,
      KeyedRequest request,
      @PathVariable String id,
      @RequestBody ReasonRequest body) {
    return once.execute(
        request, () -> Answer.ok(desk.reopen(ledger.id(), id(id), body.reason(), caller)));
  }

  @PostMapping("/bulk")
  ResponseEntity<byte[]> bulk(
      LedgerScope ledger,
      Caller caller,
      KeyedRequest request,
      @RequestBody ExceptionBulkRequest body) {
    return once.execute(request, () -> Answer.ok(bulk.act(ledger, body, caller)));
  }

  private static ExceptionId id(String text) {
    return PathIds.read("exception", text, ExceptionId::parse);
  }
}
