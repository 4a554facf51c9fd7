package io.countersign.server.approvals;

import io.countersign.model.id.ApprovalId;
import io.countersign.server.api.Caller;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.Problem;
import io.countersign.server.security.SharperRefusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/// Who tries to decide their own proposal hears so, also without the role to decide any.
@Component
class SelfApprovalRefusal implements SharperRefusal {

  private static final Pattern DECISION =
      Pattern.compile(".*/approvals/(apr_[0-9a-f-]+)/(?:approve|reject)");

  private final Decisions decisions;

  SelfApprovalRefusal(Decisions decisions) {
    this.decisions = decisions;
  }

  @Override
  public Optional<Problem> of(Caller caller, LedgerScope ledger, HttpServletRequest request) {
    Matcher decision = DECISION.matcher(request.getRequestURI());
    if (!decision.matches()) {
      return Optional.empty();
    }
    try {
      ApprovalId id = ApprovalId.parse(decision.group(1));
      return decisions.isOwn(ledger, caller, id)
          ? Optional.of(Decisions.selfApproval())
          : Optional.empty();
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }
}
