package io.countersign.console.reconciliation;

import io.countersign.model.id.LineId;
import io.countersign.model.reconciliation.Match;
import io.countersign.model.reconciliation.Statement;
import java.util.List;
import java.util.Optional;

/// A statement with the matches of its lines.
///
/// @param matches as many as one page holds
/// @param complete whether these are all
public record StatementDetail(Statement statement, List<Match> matches, boolean complete) {

  public StatementDetail {
    matches = List.copyOf(matches);
  }

  /// The match in force that explains a line.
  Optional<Match> of(LineId line) {
    return matches.stream()
        .filter(match -> match.undoneAt() == null && match.lines().contains(line))
        .findFirst();
  }
}
