package io.countersign.server.reconciliation.matching;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Finds the entries that share a reference with a line.
final class CandidateIndex {

  // In free text a short or wordy reference is found by chance.
  private static final int IN_TEXT_LENGTH_MIN = 6;
  // Banks break references over lines and replace their punctuation by blanks.
  private static final int IN_TEXT_PARTS_MAX = 8;
  private static final Pattern PART = Pattern.compile("\\p{Alnum}+");

  private final Map<String, List<EntryItem>> byKey = new HashMap<>();

  CandidateIndex(Collection<EntryItem> entries) {
    for (EntryItem entry : entries) {
      for (String key : entry.keys()) {
        byKey.computeIfAbsent(key, k -> new ArrayList<>()).add(entry);
      }
    }
  }

  /// The best-scored first; equal ones in the order of recording. A reference of the line's own is
  /// asked first, its text only when that finds nothing.
  List<Candidate> of(LineItem line) {
    Map<EntryItem, Candidate> found = new LinkedHashMap<>();
    for (String key : line.keys()) {
      add(found, line, key, false);
    }
    if (found.isEmpty()) {
      addFromText(found, line);
    }
    List<Candidate> candidates = new ArrayList<>(found.values());
    candidates.sort(
        Comparator.comparingInt((Candidate it) -> -it.score())
            .thenComparingLong(it -> it.entry().sequence()));
    return candidates;
  }

  private void add(Map<EntryItem, Candidate> found, LineItem line, String key, boolean inText) {
    for (EntryItem entry : byKey.getOrDefault(key, List.of())) {
      found.putIfAbsent(entry, new Candidate(line, entry, key, inText));
    }
  }

  private void addFromText(Map<EntryItem, Candidate> found, LineItem line) {
    List<String> parts =
        PART.matcher(line.text().toUpperCase(Locale.ROOT))
            .results()
            .map(MatchResult::group)
            .toList();
    for (int from = 0; from < parts.size(); from++) {
      StringBuilder joined = new StringBuilder();
      for (int to = from; to < Math.min(parts.size(), from + IN_TEXT_PARTS_MAX); to++) {
        joined.append(parts.get(to));
        String key = joined.toString();
        if (tells(key)) {
          add(found, line, key, true);
        }
      }
    }
  }

  private static boolean tells(String key) {
    return key.length() >= IN_TEXT_LENGTH_MIN && key.chars().anyMatch(Character::isDigit);
  }
}
