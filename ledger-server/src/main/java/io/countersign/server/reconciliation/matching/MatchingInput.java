package io.countersign.server.reconciliation.matching;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Everything of one source that is unexplained on either side.
///
/// @param lines in the statements' order
/// @param entries in the order of recording
/// @param separated pairs that a person took apart; they are not put together again
/// @param settled what has been matched already, to tell a duplicate from something missing
public record MatchingInput(
    List<LineItem> lines, List<EntryItem> entries, Set<Pair> separated, List<Settled> settled) {

  public record Pair(UUID line, UUID transaction) {}

  /// A reference and an amount that were matched before.
  ///
  /// @param day the line's booking day
  public record Settled(UUID account, String key, long minorUnits, java.time.LocalDate day) {}

  public MatchingInput {
    lines = List.copyOf(lines);
    entries = List.copyOf(entries);
    separated = Set.copyOf(separated);
    settled = List.copyOf(settled);
  }
}
