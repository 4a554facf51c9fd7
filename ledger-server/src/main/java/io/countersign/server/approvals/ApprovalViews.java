package io.countersign.server.approvals;

import io.countersign.model.approvals.Approval;
import io.countersign.model.approvals.ApprovalState;
import io.countersign.model.approvals.Impact;
import io.countersign.server.api.LedgerScope;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Proposals as the contract shows them.
@Component
class ApprovalViews {

  private static final TypeReference<Map<String, @Nullable Object>> CONTENT =
      new TypeReference<>() {};
  private static final TypeReference<List<Impact>> IMPACT = new TypeReference<>() {};

  private final ProposalKinds kinds;
  private final JsonMapper json;
  private final Clock clock;

  ApprovalViews(ProposalKinds kinds, JsonMapper json, Clock clock) {
    this.kinds = kinds;
    this.json = json;
    this.clock = clock;
  }

  /// With the impact as it was when last written: at the proposal, then at its end.
  Approval stored(ApprovalRow row) {
    return view(row, json.readValue(row.impact(), IMPACT));
  }

  /// With the impact that a pending proposal would have now.
  Approval current(LedgerScope ledger, ApprovalRow row) {
    return row.stateAt(clock.instant()) == ApprovalState.PENDING
        ? view(row, kinds.of(row.kind(), row.content()).impact(ledger))
        : stored(row);
  }

  private Approval view(ApprovalRow row, List<Impact> impact) {
    return new Approval(
        row.id(),
        row.kind(),
        row.stateAt(clock.instant()),
        row.proposer(),
        row.proposedAt(),
        row.expiresAt(),
        row.reason(),
        row.contentHash(),
        json.readValue(row.content(), CONTENT),
        impact,
        row.relatesTo(),
        row.decider(),
        row.decidedAt(),
        row.comment(),
        row.result());
  }
}
