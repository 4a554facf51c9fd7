package io.countersign.console.approvals;

import io.countersign.console.client.Workplace;
import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.Days;
import io.countersign.console.ui.Tone;
import io.countersign.console.ui.Words;
import io.countersign.model.approvals.Approval;

/// A proposal as one line of the list, formatted.
record ApprovalRow(
    Approval approval,
    String kind,
    String state,
    Tone tone,
    String amount,
    String proposedBy,
    String age,
    String expires,
    String reason) {

  static ApprovalRow of(Approval approval, Workplace workplace, Amounts amounts, Days days) {
    String proposer = approval.proposedBy();
    return new ApprovalRow(
        approval,
        Words.of(approval.kind()),
        Words.of(approval.state()),
        Tone.of(approval.state()),
        Content.amount(approval, amounts),
        workplace.isMe(proposer) ? proposer + " (you)" : proposer,
        days.age(approval.proposedAt()),
        days.instant(approval.expiresAt()),
        approval.reason() == null ? "" : approval.reason());
  }
}
