package io.countersign.server.reconciliation.matching;

import io.countersign.model.reconciliation.ExceptionCategory;
import io.countersign.server.reconciliation.matching.MatchingInput.Pair;
import io.countersign.server.reconciliation.matching.MatchingResult.Finding;
import io.countersign.server.reconciliation.matching.MatchingResult.Found;
import io.countersign.server.reconciliation.matching.MatchingResult.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Puts lines and entries together that share a reference and an amount; says of the rest what is
/// wrong with it. Amount and date alone never match: they only order what shares a reference, and
/// suggest.
///
/// The rules, each applied to what those before it left:
/// 1. `reference`: one line and one entry share a reference and the amount, and neither has an
///    equally good partner. Of several, the nearest day is better.
/// 2. `reference`, tied: as many lines as entries share a reference and the amount. Which is which
///    says nothing; they match as a group. More lines: the surplus is a duplicate. More entries:
///    ambiguous.
/// 3. `reference_sum`: all open lines and all open entries of one reference have one sum, or one
///    line is the sum of the entries it names (a batch).
/// 4. `reversal`: an entry and its reversal, both overdue at the bank.
public final class Matcher {

  private static final String REFERENCE = "reference";
  private static final String REFERENCE_SUM = "reference_sum";
  private static final String REVERSAL = "reversal";

  private final MatchingInput input;
  private final Map<UUID, List<Candidate>> candidates = new LinkedHashMap<>();
  private final Map<String, List<LineItem>> linesByKey = new HashMap<>();
  private final Set<LineItem> openLines = new LinkedHashSet<>();
  private final Set<EntryItem> openEntries = new LinkedHashSet<>();
  private final Set<EntryItem> held = new LinkedHashSet<>();
  private final List<Found> found = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<EntryItem> awaiting = new ArrayList<>();
  private final Suggestions suggestions;

  private Matcher(MatchingInput input) {
    this.input = input;
    openLines.addAll(input.lines());
    openEntries.addAll(input.entries());
    CandidateIndex index = new CandidateIndex(input.entries());
    for (LineItem line : input.lines()) {
      line.keys().forEach(key -> linesByKey.computeIfAbsent(key, k -> new ArrayList<>()).add(line));
      candidates.put(line.id(), index.of(line).stream().filter(it -> !separated(it)).toList());
    }
    this.suggestions = new Suggestions(input);
  }

  public static MatchingResult match(MatchingInput input) {
    return new Matcher(input).result();
  }

  private MatchingResult result() {
    matchTheOnlyPartners();
    settleTies();
    matchSums();
    explainLines();
    explainEntries();
    return new MatchingResult(found, findings, awaiting);
  }

  private boolean separated(Candidate candidate) {
    return input
        .separated()
        .contains(new Pair(candidate.line().id(), candidate.entry().transaction()));
  }

  private List<Candidate> open(LineItem line) {
    return candidates.getOrDefault(line.id(), List.of()).stream()
        .filter(it -> openEntries.contains(it.entry()))
        .toList();
  }

  // ---- one to one

  private void matchTheOnlyPartners() {
    boolean changed = true;
    while (changed) {
      Ties ties = new Ties(openLines, this::exact);
      changed = false;
      for (LineItem line : List.copyOf(openLines)) {
        Candidate best = ties.onlyBest(line);
        if (best != null && openEntries.contains(best.entry())) {
          match(List.of(line), List.of(best.entry()), REFERENCE, best.reason() + ".");
          changed = true;
        }
      }
    }
  }

  private List<Candidate> exact(LineItem line) {
    return open(line).stream().filter(Candidate::exact).toList();
  }

  private void settleTies() {
    for (Ties.Group tie : new Ties(openLines, this::exact).groups()) {
      int pairs = Math.min(tie.lines().size(), tie.entries().size());
      if (tie.lines().size() >= tie.entries().size()) {
        match(
            tie.lines().subList(0, pairs),
            tie.entries(),
            REFERENCE,
            "Reference %s, same amount on %d lines and %d transactions."
                .formatted(tie.key(), pairs, pairs));
        tie.lines().subList(pairs, tie.lines().size()).forEach(this::duplicate);
      } else {
        tie.lines().forEach(this::ambiguous);
      }
    }
  }

  private void ambiguous(LineItem line) {
    List<Candidate> tied = exact(line);
    tied.forEach(it -> held.add(it.entry()));
    find(
        line,
        new Finding(
            ExceptionCategory.AMBIGUOUS,
            line,
            null,
            null,
            tied.stream().map(it -> suggestion(it)).toList()));
  }

  private void duplicate(LineItem line) {
    find(
        line,
        new Finding(
            ExceptionCategory.DUPLICATE_IN_STATEMENT,
            line,
            null,
            line.minorUnits(),
            suggestions.forLine(line, openEntries)));
  }

  private static Suggestion suggestion(Candidate candidate) {
    return new Suggestion(
        List.of(candidate.line().id()),
        List.of(candidate.entry().transaction()),
        candidate.score(),
        candidate.reason());
  }

  // ---- sums

  private void matchSums() {
    for (LineItem line : List.copyOf(openLines)) {
      for (String key : line.keys()) {
        if (openLines.contains(line)) {
          matchAllOf(key, line);
        }
      }
      if (openLines.contains(line)) {
        matchBatch(line);
      }
    }
  }

  private void matchAllOf(String key, LineItem first) {
    List<EntryItem> entries =
        open(first).stream()
            .filter(it -> it.sameAccount() && it.key().equals(key) && !it.inText())
            .map(Candidate::entry)
            .toList();
    if (entries.isEmpty()) {
      return;
    }
    List<LineItem> lines =
        linesByKey.getOrDefault(key, List.of()).stream()
            .filter(it -> it.account().equals(first.account()) && openLines.contains(it))
            .toList();
    boolean several = lines.size() > 1 || entries.size() > 1;
    boolean allowed =
        lines.stream()
            .noneMatch(
                line ->
                    entries.stream()
                        .anyMatch(
                            entry ->
                                input
                                    .separated()
                                    .contains(new Pair(line.id(), entry.transaction()))));
    if (several && allowed && Sums.equal(lines, entries)) {
      match(
          lines,
          entries,
          REFERENCE_SUM,
          "Reference %s: %d lines and %d transactions have the same sum."
              .formatted(key, lines.size(), entries.size()));
    }
  }

  private void matchBatch(LineItem line) {
    List<EntryItem> entries =
        open(line).stream().filter(Candidate::sameAccount).map(Candidate::entry).toList();
    if (entries.size() > 1 && Sums.equal(List.of(line), entries)) {
      match(
          List.of(line),
          entries,
          REFERENCE_SUM,
          "The line names %d transactions and is their sum.".formatted(entries.size()));
    }
  }

  // ---- what is left

  private void explainLines() {
    for (LineItem line : List.copyOf(openLines)) {
      explain(line);
    }
  }

  private void explain(LineItem line) {
    List<Candidate> near = open(line);
    var sameAccount =
        near.stream().filter(it -> it.sameAccount() && it.sameDirection()).findFirst();
    var elsewhere =
        near.stream().filter(it -> !it.line().currency().equals(it.entry().currency())).findFirst();
    if (suggestions.settledBefore(line)) {
      duplicate(line);
    } else if (sameAccount.isPresent()) {
      EntryItem entry = sameAccount.get().entry();
      mismatch(ExceptionCategory.AMOUNT_MISMATCH, line, entry, near);
    } else if (elsewhere.isPresent()) {
      mismatch(ExceptionCategory.CURRENCY_MISMATCH, line, elsewhere.get().entry(), near);
    } else {
      find(
          line,
          new Finding(
              ExceptionCategory.MISSING_IN_LEDGER,
              line,
              null,
              line.minorUnits(),
              suggestions.forLine(line, openEntries)));
    }
  }

  private void mismatch(
      ExceptionCategory category, LineItem line, EntryItem entry, List<Candidate> near) {
    boolean comparable = line.currency().equals(entry.currency());
    held.add(entry);
    find(
        line,
        new Finding(
            category,
            line,
            entry,
            comparable ? Sums.difference(line, entry) : null,
            near.stream().map(Matcher::suggestion).toList()));
  }

  private void explainEntries() {
    matchReversals();
    for (EntryItem entry : openEntries) {
      if (held.contains(entry) || entry.dismissed()) {
        continue;
      }
      if (!entry.due()) {
        awaiting.add(entry);
      } else {
        findings.add(
            new Finding(
                suggestions.settledBefore(entry)
                    ? ExceptionCategory.DUPLICATE_IN_LEDGER
                    : ExceptionCategory.MISSING_IN_STATEMENT,
                null,
                entry,
                Math.negateExact(entry.minorUnits()),
                suggestions.forEntry(entry, openLines)));
      }
    }
  }

  private void matchReversals() {
    Map<UUID, List<EntryItem>> byTransaction = new LinkedHashMap<>();
    openEntries.forEach(
        it -> byTransaction.computeIfAbsent(it.transaction(), t -> new ArrayList<>()).add(it));
    for (EntryItem reversal : List.copyOf(openEntries)) {
      if (reversal.reverses() == null || !reversal.due() || held.contains(reversal)) {
        continue;
      }
      byTransaction.getOrDefault(reversal.reverses(), List.of()).stream()
          .filter(it -> takesBack(reversal, it))
          .findFirst()
          .ifPresent(
              original ->
                  match(
                      List.of(),
                      List.of(original, reversal),
                      REVERSAL,
                      "Posted and reversed in the books; the bank saw neither."));
    }
  }

  private boolean takesBack(EntryItem reversal, EntryItem original) {
    return openEntries.contains(original)
        && !held.contains(original)
        && original.account().equals(reversal.account())
        && original.minorUnits() == -reversal.minorUnits();
  }

  private void match(List<LineItem> lines, List<EntryItem> entries, String rule, String reason) {
    found.add(new Found(lines, entries, rule, reason));
    lines.forEach(openLines::remove);
    entries.forEach(openEntries::remove);
  }

  private void find(LineItem line, Finding finding) {
    openLines.remove(line);
    if (!line.dismissed()) {
      findings.add(finding);
    }
  }
}
