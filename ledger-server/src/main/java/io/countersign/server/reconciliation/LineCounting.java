package io.countersign.server.reconciliation;

import io.countersign.server.reconciliation.LineStore.LineKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Tells new lines from known ones, inside the caller's transaction and in bites, so that the
/// database never has to guess how large a file is.
@Component
class LineCounting {

  private static final int BITE = 1_000;

  private final LineStore lines;

  LineCounting(LineStore lines) {
    this.lines = lines;
  }

  /// Which of a file's equal lines each is, from 1; those that are not there are the only ones.
  Map<UUID, Integer> ordinals(int ledger, Collection<UUID> fileStatements) {
    Map<UUID, Integer> ordinals = new HashMap<>();
    String identity = "";
    int ordinal = 0;
    for (LineKey line : lines.repeated(ledger, fileStatements)) {
      ordinal = line.identity().equals(identity) ? ordinal + 1 : 1;
      identity = line.identity();
      ordinals.put(line.id(), ordinal);
    }
    return ordinals;
  }

  /// Links each line of the statement that other files have brought already: the n-th of equal
  /// lines in this file repeats the n-th known from others.
  ///
  /// @return how many they are
  int linkKnown(
      int ledger,
      UUID statement,
      UUID account,
      Collection<UUID> fileStatements,
      Map<UUID, Integer> ordinals) {
    int linked = 0;
    for (List<LineKey> bite = bite(ledger, statement, 0);
        !bite.isEmpty();
        bite = bite(ledger, statement, bite.getLast().number())) {
      Map<String, List<UUID>> known = known(ledger, account, bite, fileStatements);
      Map<UUID, UUID> sameAs = new LinkedHashMap<>();
      for (LineKey line : bite) {
        List<UUID> equal = known.getOrDefault(line.identity(), List.of());
        int ordinal = ordinals.getOrDefault(line.id(), 1);
        if (ordinal <= equal.size()) {
          sameAs.put(line.id(), equal.get(ordinal - 1));
        }
      }
      lines.link(ledger, sameAs);
      linked += sameAs.size();
    }
    return linked;
  }

  private Map<String, List<UUID>> known(
      int ledger, UUID account, List<LineKey> bite, Collection<UUID> fileStatements) {
    Map<String, List<UUID>> known = new HashMap<>();
    for (LineKey line : lines.known(ledger, account, identities(bite), fileStatements)) {
      known.computeIfAbsent(line.identity(), i -> new ArrayList<>()).add(line.id());
    }
    return known;
  }

  /// Lets every line of the statement count that repeats none.
  void count(int ledger, UUID statement, UUID account) {
    for (List<LineKey> bite = bite(ledger, statement, 0);
        !bite.isEmpty();
        bite = bite(ledger, statement, bite.getLast().number())) {
      Map<String, Integer> last = lines.lastOccurrences(ledger, account, identities(bite));
      Map<UUID, Integer> occurrences = new LinkedHashMap<>();
      for (LineKey line : bite) {
        occurrences.put(line.id(), last.merge(line.identity(), 1, Integer::sum));
      }
      lines.count(ledger, account, occurrences);
    }
  }

  private List<LineKey> bite(int ledger, UUID statement, int after) {
    return lines.keys(ledger, statement, after, BITE);
  }

  private static List<String> identities(List<LineKey> bite) {
    return bite.stream().map(LineKey::identity).distinct().toList();
  }
}
