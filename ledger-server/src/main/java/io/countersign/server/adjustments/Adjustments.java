package io.countersign.server.adjustments;

import io.countersign.model.UuidV7;
import io.countersign.model.approvals.Adjustment;
import io.countersign.model.approvals.AdjustmentRequest;
import io.countersign.model.approvals.AdjustmentState;
import io.countersign.model.approvals.ApprovalKind;
import io.countersign.model.id.AdjustmentId;
import io.countersign.model.id.ApprovalId;
import io.countersign.model.id.ExceptionId;
import io.countersign.server.api.Caller;
import io.countersign.server.api.Cursor;
import io.countersign.server.api.FieldChecks;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.Page;
import io.countersign.server.api.PageRequest;
import io.countersign.server.api.Problem;
import io.countersign.server.api.Problems;
import io.countersign.server.approvals.Approvals;
import io.countersign.server.approvals.Proposal;
import io.countersign.server.journal.Drafts;
import io.countersign.server.journal.Journal;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Transactions that a person proposes and another approves.
@Component
public class Adjustments {

  private static final int REASON_LONGEST = 2_000;
  private static final int RELATION_LONGEST = 100;

  private final AdjustmentStore store;
  private final Approvals approvals;
  private final Journal journal;
  private final UuidV7 ids;
  private final Clock clock;

  Adjustments(
      AdjustmentStore store, Approvals approvals, Journal journal, UuidV7 ids, Clock clock) {
    this.store = store;
    this.approvals = approvals;
    this.journal = journal;
    this.ids = ids;
    this.clock = clock;
  }

  /// @throws io.countersign.server.api.ProblemException 400 `invalid-request`
  public static void check(AdjustmentRequest request) {
    FieldChecks checks =
        new FieldChecks()
            .text("reason", request.reason(), REASON_LONGEST)
            .text("description", request.description(), Drafts.DESCRIPTION_LONGEST);
    Drafts.checkEntries(checks, request.entries());
    if (request.relatesTo() != null) {
      checks
          .text("relatesTo.type", request.relatesTo().type(), RELATION_LONGEST)
          .text("relatesTo.id", request.relatesTo().id(), RELATION_LONGEST);
    }
    checks.orThrow();
  }

  /// Proposes an adjustment within the caller's transaction. Nothing is posted.
  ///
  /// @throws io.countersign.server.api.ProblemException when the books would refuse it whatever the
  ///   balances are
  public Adjustment propose(LedgerScope ledger, Caller proposer, AdjustmentRequest request) {
    return propose(ledger, proposer, request, null);
  }

  /// As [#propose(LedgerScope, Caller, AdjustmentRequest)], for one whose approval also resolves an
  /// exception ([AdjustedExceptions]).
  public Adjustment propose(
      LedgerScope ledger,
      Caller proposer,
      AdjustmentRequest request,
      @Nullable ExceptionId resolves) {
    AdjustmentContent content = content(ledger, request, resolves);
    foreseenRefusal(ledger, proposer, content)
        .ifPresent(
            problem -> {
              throw problem.asException();
            });
    ApprovalId approval =
        approvals.propose(
            ledger,
            proposer,
            new Proposal(
                ApprovalKind.ADJUSTMENT,
                content,
                request.reason(),
                request.relatesTo(),
                resolves == null ? null : resolves.toString()));
    Adjustment adjustment =
        new Adjustment(
            content.adjustment(),
            approval,
            AdjustmentState.PENDING_APPROVAL,
            request.reason(),
            request.description(),
            content.effectiveOn(),
            request.entries(),
            request.relatesTo(),
            proposer.name(),
            clock.instant(),
            null);
    store.insert(ledger.id(), adjustment);
    return adjustment;
  }

  private AdjustmentContent content(
      LedgerScope ledger, AdjustmentRequest request, @Nullable ExceptionId resolves) {
    return new AdjustmentContent(
        new AdjustmentId(ids.next()),
        request.reason(),
        request.description(),
        Objects.requireNonNullElseGet(request.effectiveOn(), () -> ledger.today(clock)),
        request.entries(),
        request.relatesTo(),
        resolves);
  }

  /// Why the books would refuse it whatever the balances are, if so.
  public Optional<Problem> foreseenRefusal(
      LedgerScope ledger, Caller proposer, AdjustmentRequest request) {
    return foreseenRefusal(ledger, proposer, content(ledger, request, null));
  }

  private Optional<Problem> foreseenRefusal(
      LedgerScope ledger, Caller proposer, AdjustmentContent content) {
    return journal.foreseenRefusal(ledger, AdjustmentKind.draft(content, proposer.name()).build());
  }

  Adjustment get(LedgerScope ledger, AdjustmentId id) {
    return store
        .find(ledger.id(), id)
        .orElseThrow(() -> Problems.notFound("adjustment '" + id + "'").asException());
  }

  Page<Adjustment> page(LedgerScope ledger, @Nullable AdjustmentState state, PageRequest page) {
    List<Adjustment> rows = store.page(ledger.id(), state, after(page.after()), page.limit() + 1);
    return Page.of(rows, page.limit(), it -> Cursor.of(it.id().uuid()));
  }

  private static @Nullable UUID after(@Nullable String cursor) {
    if (cursor == null) {
      return null;
    }
    try {
      return UUID.fromString(Cursor.read(cursor, 1).getFirst());
    } catch (IllegalArgumentException e) {
      throw Problems.invalidRequest("after", "is not a cursor of this list").asException();
    }
  }
}
