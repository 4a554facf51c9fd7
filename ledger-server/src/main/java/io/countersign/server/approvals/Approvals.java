package io.countersign.server.approvals;

import io.countersign.model.UuidV7;
import io.countersign.model.approvals.Approval;
import io.countersign.model.approvals.ApprovalKind;
import io.countersign.model.approvals.ApprovalState;
import io.countersign.model.id.ApprovalId;
import io.countersign.server.api.Caller;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.Problem;
import io.countersign.server.audit.AuditChange;
import io.countersign.server.audit.AuditLog;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Where features bring what a person may not do alone. All methods run within the caller's
/// transaction.
@Component
public class Approvals {

  private final ApprovalStore store;
  private final ProposalKinds kinds;
  private final ApprovalViews views;
  private final ApprovalSettings settings;
  private final ProposalEnds ends;
  private final AuditLog audit;
  private final UuidV7 ids;
  private final Clock clock;

  Approvals(
      ApprovalStore store,
      ProposalKinds kinds,
      ApprovalViews views,
      ApprovalSettings settings,
      ProposalEnds ends,
      AuditLog audit,
      UuidV7 ids,
      Clock clock) {
    this.store = store;
    this.kinds = kinds;
    this.views = views;
    this.settings = settings;
    this.ends = ends;
    this.audit = audit;
    this.ids = ids;
    this.clock = clock;
  }

  /// Makes a proposal for somebody else to decide.
  ///
  /// @throws io.countersign.server.api.ProblemException 409 `already-proposed` with `approvalId`
  ///   when one for the same target is pending
  public ApprovalId propose(LedgerScope ledger, Caller proposer, Proposal proposal) {
    String content = kinds.canonical(proposal.content());
    ProposalKinds.Asked kind = kinds.of(proposal.kind(), content);
    Instant now = clock.instant();
    ApprovalRow row =
        new ApprovalRow(
            ledger.id(),
            new ApprovalId(ids.next()),
            proposal.kind(),
            ApprovalState.PENDING,
            proposer.id(),
            proposer.name(),
            now,
            now.plus(settings.expireAfter()),
            proposal.reason(),
            content,
            sha256(content),
            kinds.canonical(kind.pins(ledger)),
            kinds.canonical(kind.impact(ledger)),
            proposal.target(),
            proposal.relatesTo(),
            null,
            null,
            null,
            null,
            null);
    insert(ledger, row);
    Approval made = views.stored(row);
    audit.write(
        ledger.id(),
        proposer,
        AuditChange.made("approval.propose", "approval", row.id().toString(), made));
    ends.tell(ledger.id(), made);
    return row.id();
  }

  /// Ends a pending proposal that something from outside has overtaken.
  ///
  /// @return false when it is not pending any more
  public boolean supersede(LedgerScope ledger, ApprovalId id, String because) {
    Optional<ApprovalRow> row = store.lock(ledger.id(), id);
    return row.isPresent() && supersede(ledger, row.get(), because);
  }

  /// As [#supersede(LedgerScope, ApprovalId, String)], for the one proposal that is pending for a
  /// target.
  public boolean supersede(LedgerScope ledger, ApprovalKind kind, String target, String because) {
    Optional<ApprovalRow> row = store.lockPending(ledger.id(), kind, target);
    return row.isPresent() && supersede(ledger, row.get(), because);
  }

  /// What a proposal is now; empty when there is none of this id.
  public Optional<ApprovalState> state(LedgerScope ledger, ApprovalId id) {
    return store.find(ledger.id(), id).map(row -> row.stateAt(clock.instant()));
  }

  private boolean supersede(LedgerScope ledger, ApprovalRow row, String because) {
    if (row.stateAt(clock.instant()) != ApprovalState.PENDING) {
      return false;
    }
    ends.end(ledger, row, ApprovalState.SUPERSEDED, Caller.SYSTEM, because);
    return true;
  }

  private void insert(LedgerScope ledger, ApprovalRow row) {
    if (store.insert(row)) {
      return;
    }
    String target = String.valueOf(row.target());
    @Nullable ApprovalRow pending = store.lockPending(ledger.id(), row.kind(), target).orElse(null);
    if (pending != null && pending.stateAt(clock.instant()) == ApprovalState.PENDING) {
      throw Problem.of(
              "already-proposed", 409, "A proposal for this is pending; decide that one first.")
          .with("approvalId", pending.id())
          .asException();
    }
    if (pending != null) {
      ends.end(ledger, pending, ApprovalState.EXPIRED, Caller.SYSTEM, null);
    }
    if (!store.insert(row)) {
      throw Problem.of("already-proposed", 409, "A proposal for this was made just now.")
          .asException();
    }
  }

  private static String sha256(String content) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(content.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
