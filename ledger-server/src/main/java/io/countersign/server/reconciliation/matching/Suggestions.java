package io.countersign.server.reconciliation.matching;

import io.countersign.server.reconciliation.matching.MatchingInput.Settled;
import io.countersign.server.reconciliation.matching.MatchingResult.Suggestion;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// What might explain an item that no reference explains: the same amount on a near day. For a
/// person to judge; never a match.
final class Suggestions {

  private static final int DAYS_MAX = 10;
  private static final int COUNT_MAX = 5;
  private static final int SCORE_MAX = 50;
  // A customer's reference may come again next month, and is no duplicate then.
  private static final int DUPLICATE_DAYS_MAX = 10;

  private record Amount(UUID account, long minorUnits) {}

  private final Map<Amount, List<LineItem>> lines = new HashMap<>();
  private final Map<Amount, List<EntryItem>> entries = new HashMap<>();
  private final Map<String, List<Settled>> settled = new HashMap<>();

  Suggestions(MatchingInput input) {
    for (LineItem line : input.lines()) {
      Amount amount = new Amount(line.account(), line.minorUnits());
      lines.computeIfAbsent(amount, a -> new ArrayList<>()).add(line);
    }
    for (EntryItem entry : input.entries()) {
      Amount amount = new Amount(entry.account(), entry.minorUnits());
      entries.computeIfAbsent(amount, a -> new ArrayList<>()).add(entry);
    }
    for (Settled before : input.settled()) {
      settled.computeIfAbsent(before.key(), k -> new ArrayList<>()).add(before);
    }
  }

  List<Suggestion> forLine(LineItem line, Set<EntryItem> open) {
    Amount amount = new Amount(line.account(), line.minorUnits());
    return entries.getOrDefault(amount, List.of()).stream()
        .filter(open::contains)
        .map(it -> suggestion(line, it))
        .filter(it -> it.score() > SCORE_MAX - DAYS_MAX)
        .sorted(Comparator.comparingInt(it -> -it.score()))
        .limit(COUNT_MAX)
        .toList();
  }

  List<Suggestion> forEntry(EntryItem entry, Set<LineItem> open) {
    Amount amount = new Amount(entry.account(), entry.minorUnits());
    return lines.getOrDefault(amount, List.of()).stream()
        .filter(open::contains)
        .map(it -> suggestion(it, entry))
        .filter(it -> it.score() > SCORE_MAX - DAYS_MAX)
        .sorted(Comparator.comparingInt(it -> -it.score()))
        .limit(COUNT_MAX)
        .toList();
  }

  private static Suggestion suggestion(LineItem line, EntryItem entry) {
    long days = Math.abs(ChronoUnit.DAYS.between(line.day(), entry.day()));
    return new Suggestion(
        List.of(line.id()),
        List.of(entry.transaction()),
        (int) Math.max(0, SCORE_MAX - days),
        "Same amount, " + days + " days apart; no reference in common");
  }

  /// Whether a line with the same reference and amount was matched around the same day.
  boolean settledBefore(LineItem line) {
    return settledBefore(line.account(), line.keys(), line.minorUnits(), line.day());
  }

  boolean settledBefore(EntryItem entry) {
    return settledBefore(entry.account(), entry.keys(), entry.minorUnits(), entry.day());
  }

  private boolean settledBefore(
      UUID account, Collection<String> keys, long minorUnits, LocalDate day) {
    return keys.stream()
        .flatMap(key -> settled.getOrDefault(key, List.of()).stream())
        .anyMatch(
            it ->
                it.account().equals(account)
                    && it.minorUnits() == minorUnits
                    && Math.abs(ChronoUnit.DAYS.between(it.day(), day)) <= DUPLICATE_DAYS_MAX);
  }
}
