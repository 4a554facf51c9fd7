package io.countersign.server.reconciliation.matching;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Who may be whose partner: open lines and entries with a reference and the amount in common.
final class Ties {

  /// Lines and entries that hang together through shared candidates, all of one amount.
  record Group(List<LineItem> lines, List<EntryItem> entries, String key) {}

  private final Map<LineItem, List<Candidate>> ofLine = new LinkedHashMap<>();
  private final Map<EntryItem, List<Candidate>> ofEntry = new HashMap<>();

  Ties(Collection<LineItem> lines, Function<LineItem, List<Candidate>> exact) {
    for (LineItem line : lines) {
      List<Candidate> candidates = exact.apply(line);
      if (!candidates.isEmpty()) {
        ofLine.put(line, candidates);
        candidates.forEach(
            it -> ofEntry.computeIfAbsent(it.entry(), e -> new ArrayList<>()).add(it));
      }
    }
  }

  /// The candidate that is better than all others of this line, and whose entry has no other line
  /// as good; null when there is none.
  @Nullable Candidate onlyBest(LineItem line) {
    Candidate best = better(ofLine.getOrDefault(line, List.of()));
    if (best == null) {
      return null;
    }
    return best.equals(better(ofEntry.getOrDefault(best.entry(), List.of()))) ? best : null;
  }

  private static @Nullable Candidate better(List<Candidate> candidates) {
    List<Candidate> sorted =
        candidates.stream().sorted(Comparator.comparingInt(it -> -it.score())).toList();
    if (sorted.isEmpty()) {
      return null;
    }
    boolean tied = sorted.size() > 1 && sorted.get(1).score() == sorted.getFirst().score();
    return tied ? null : sorted.getFirst();
  }

  /// In the order of their first line; entries in the order of recording.
  List<Group> groups() {
    List<Group> groups = new ArrayList<>();
    Set<LineItem> seen = new LinkedHashSet<>();
    for (LineItem start : ofLine.keySet()) {
      if (seen.add(start)) {
        groups.add(around(start, seen));
      }
    }
    return groups;
  }

  private Group around(LineItem start, Set<LineItem> seen) {
    Set<LineItem> lines = new LinkedHashSet<>(List.of(start));
    Set<EntryItem> entries = new LinkedHashSet<>();
    Deque<LineItem> next = new ArrayDeque<>(lines);
    while (!next.isEmpty()) {
      for (Candidate candidate : ofLine.getOrDefault(next.pop(), List.of())) {
        if (entries.add(candidate.entry())) {
          for (Candidate other : ofEntry.getOrDefault(candidate.entry(), List.of())) {
            if (lines.add(other.line())) {
              seen.add(other.line());
              next.add(other.line());
            }
          }
        }
      }
    }
    List<LineItem> inOrder = ofLine.keySet().stream().filter(lines::contains).toList();
    List<EntryItem> recorded =
        entries.stream().sorted(Comparator.comparingLong(EntryItem::sequence)).toList();
    String key = ofLine.getOrDefault(start, List.of()).getFirst().key();
    return new Group(inOrder, recorded, key);
  }
}
