package io.countersign.model.reconciliation;

import io.countersign.model.CurrencyCode;
import io.countersign.model.Immutable;
import io.countersign.model.Money;
import io.countersign.model.id.StatementId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One account's statement, as it was read.
///
/// @param openingBalance null where the format has none
/// @param problems why it is quarantined
public record Statement(
    StatementId id,
    String source,
    String format,
    @Nullable String accountId,
    CurrencyCode currency,
    int lineCount,
    @Nullable Money openingBalance,
    @Nullable Money closingBalance,
    StatementState state,
    List<Problem> problems) {

  public Statement {
    problems = Immutable.list(problems);
  }

  /// @param code names the kind of problem
  public record Problem(String code, String detail) {}
}
