package io.countersign.server.reconciliation.matching;

import io.countersign.model.reconciliation.ExceptionCategory;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the rules made of an input. Every item of it is in exactly one found match, in a finding,
/// or awaiting; dismissed ones may be in none.
///
/// @param awaiting entries inside their settlement window
public record MatchingResult(List<Found> found, List<Finding> findings, List<EntryItem> awaiting) {

  /// Lines and entries of one account that explain each other; their sums are equal.
  public record Found(List<LineItem> lines, List<EntryItem> entries, String rule, String reason) {

    public Found {
      lines = List.copyOf(lines);
      entries = List.copyOf(entries);
    }
  }

  /// Something a person must look at.
  ///
  /// @param line the line it is about; null when an entry lacks one
  /// @param entry the entry it is about; null when a line lacks one
  /// @param difference what the statement says more than the books, in minor units; null where the
  ///   two cannot be compared
  public record Finding(
      ExceptionCategory category,
      @Nullable LineItem line,
      @Nullable EntryItem entry,
      @Nullable Long difference,
      List<Suggestion> suggestions) {

    public Finding {
      if (line == null && entry == null) {
        throw new IllegalArgumentException("a finding is about something");
      }
      suggestions = List.copyOf(suggestions);
    }
  }

  /// What might explain a finding.
  ///
  /// @param score 0–100, the higher the likelier
  public record Suggestion(List<UUID> lines, List<UUID> transactions, int score, String reason) {

    public Suggestion {
      lines = List.copyOf(lines);
      transactions = List.copyOf(transactions);
    }
  }

  public MatchingResult {
    found = List.copyOf(found);
    findings = List.copyOf(findings);
    awaiting = List.copyOf(awaiting);
  }
}
