package io.countersign.server.approvals;

import io.countersign.model.CurrencyCode;
import io.countersign.model.Money;
import io.countersign.model.Relation;
import io.countersign.model.approvals.Approval;
import io.countersign.model.approvals.ApprovalState;
import io.countersign.model.approvals.ApproveRequest;
import io.countersign.model.approvals.Impact;
import io.countersign.model.id.ApprovalId;
import io.countersign.server.api.Caller;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.OncePerKey.Preamble;
import io.countersign.server.api.Problem;
import io.countersign.server.api.Problems;
import io.countersign.server.security.Limits;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Decides proposals. Decision and effect are one commit: what refuses the effect undoes the
/// decision, and the proposal stays pending.
@Component
class Decisions {

  private static final TypeReference<Map<String, String>> PINS = new TypeReference<>() {};

  private final ApprovalStore store;
  private final ProposalKinds kinds;
  private final ProposalEnds ends;
  private final Limits limits;
  private final JsonMapper json;
  private final Clock clock;

  Decisions(
      ApprovalStore store,
      ProposalKinds kinds,
      ProposalEnds ends,
      Limits limits,
      JsonMapper json,
      Clock clock) {
    this.store = store;
    this.kinds = kinds;
    this.ends = ends;
    this.limits = limits;
    this.json = json;
    this.clock = clock;
  }

  /// What must run first in an approval's transaction. The kind never changes, so it is read
  /// without a lock: locks come in their order, and the gate is before the proposal's row.
  Preamble preamble(LedgerScope ledger, ApprovalId id) {
    return store
        .find(ledger.id(), id)
        .map(row -> kinds.of(row.kind(), row.content()).preamble(ledger))
        .orElse(Preamble.NONE);
  }

  /// Refuses before anything else, whatever state the proposal is in: who proposed never changes.
  ///
  /// @throws io.countersign.server.api.ProblemException 403 `self-approval`
  void requireAnother(LedgerScope ledger, Caller caller, ApprovalId id) {
    if (isOwn(ledger, caller, id)) {
      throw selfApproval().asException();
    }
  }

  boolean isOwn(LedgerScope ledger, Caller caller, ApprovalId id) {
    return store
        .find(ledger.id(), id)
        .filter(it -> it.proposerId().equals(caller.id()))
        .isPresent();
  }

  static Problem selfApproval() {
    return Problem.of(
        "self-approval", 403, "You proposed this; somebody else decides it, whatever your roles.");
  }

  Approval approve(LedgerScope ledger, Caller caller, ApprovalId id, ApproveRequest request) {
    ApprovalRow row = locked(ledger, id);
    requireOther(caller, row);
    requirePending(row);
    requireSeen(row, request.contentHash());
    ProposalKinds.Asked kind = kinds.of(row.kind(), row.content());
    requireUnmoved(ledger, row, kind);
    requireWithinLimits(caller, kind.amounts(ledger));
    List<Impact> impact = kind.impact(ledger);
    Relation result =
        kind.execute(new Decision(ledger, row.id(), row.proposer(), caller, row.reason()));
    return ends.approved(row, caller, request.comment(), impact, result);
  }

  Approval reject(LedgerScope ledger, Caller caller, ApprovalId id, String reason) {
    ApprovalRow row = locked(ledger, id);
    requireOther(caller, row);
    requirePending(row);
    return ends.end(ledger, row, ApprovalState.REJECTED, caller, reason);
  }

  Approval withdraw(LedgerScope ledger, Caller caller, ApprovalId id) {
    ApprovalRow row = locked(ledger, id);
    if (!row.proposerId().equals(caller.id())) {
      throw Problems.forbidden("Only who proposed it can withdraw it.").asException();
    }
    requirePending(row);
    return ends.end(ledger, row, ApprovalState.WITHDRAWN, caller, null);
  }

  private ApprovalRow locked(LedgerScope ledger, ApprovalId id) {
    return store
        .lock(ledger.id(), id)
        .orElseThrow(() -> Problems.notFound("approval '" + id + "'").asException());
  }

  private static void requireOther(Caller caller, ApprovalRow row) {
    if (row.proposerId().equals(caller.id())) {
      throw selfApproval().asException();
    }
  }

  private void requirePending(ApprovalRow row) {
    switch (row.stateAt(clock.instant())) {
      case PENDING -> {}
      case EXPIRED ->
          throw Problem.of(
                  "approval-expired", 422, "This could be decided until " + row.expiresAt() + ".")
              .asException();
      case APPROVED, REJECTED, WITHDRAWN, SUPERSEDED ->
          throw Problems.wrongState(
                  row.state().wire(), "This proposal is " + row.state().wire() + " already.")
              .asException();
    }
  }

  private static void requireSeen(ApprovalRow row, String hash) {
    boolean same =
        MessageDigest.isEqual(
            row.contentHash().getBytes(StandardCharsets.UTF_8),
            hash.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    if (!same) {
      throw changed(
          "The content is not the one you name.",
          List.of(new Change("contentHash", hash, row.contentHash())));
    }
  }

  private void requireUnmoved(LedgerScope ledger, ApprovalRow row, ProposalKinds.Asked kind) {
    Map<String, String> pinned = json.readValue(row.pins(), PINS);
    Map<String, String> now = kind.pins(ledger);
    TreeSet<String> names = new TreeSet<>(pinned.keySet());
    names.addAll(now.keySet());
    List<Change> changes = new ArrayList<>();
    for (String name : names) {
      if (!Objects.equals(pinned.get(name), now.get(name))) {
        changes.add(new Change(name, pinned.get(name), now.get(name)));
      }
    }
    if (!changes.isEmpty()) {
      throw changed("What this proposal rests on has changed since it was made.", changes);
    }
  }

  private void requireWithinLimits(Caller caller, List<Money> amounts) {
    Map<CurrencyCode, BigInteger> sums = new TreeMap<>();
    amounts.forEach(
        it -> sums.merge(it.currency(), BigInteger.valueOf(it.minorUnits()), BigInteger::add));
    sums.forEach(
        (currency, sum) -> {
          long limit = limits.approveMinorUnits(caller.id(), currency);
          if (sum.compareTo(BigInteger.valueOf(limit)) > 0) {
            throw Problem.of(
                    "limit-exceeded",
                    403,
                    "This is about more than you may approve in " + currency + ".")
                .with("limit", new Money(limit, currency))
                .asException();
          }
        });
  }

  /// One thing that is not as the decider saw it, or as it was when proposed.
  record Change(String what, @Nullable String before, @Nullable String now) {}

  private static RuntimeException changed(String detail, List<Change> changes) {
    return Problem.of("content-changed", 409, detail).with("changes", changes).asException();
  }
}
