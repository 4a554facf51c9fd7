package io.countersign.server.reconciliation;

import io.countersign.model.UuidV7;
import io.countersign.model.id.MatchId;
import io.countersign.model.id.RunId;
import io.countersign.model.reconciliation.RunState;
import io.countersign.server.database.Transactions;
import io.countersign.server.reconciliation.ItemStore.EntryKey;
import io.countersign.server.reconciliation.MatchStore.NewMatch;
import io.countersign.server.reconciliation.MatchStore.SettledKey;
import io.countersign.server.reconciliation.cases.CaseRaising;
import io.countersign.server.reconciliation.cases.Subject;
import io.countersign.server.reconciliation.matching.EntryItem;
import io.countersign.server.reconciliation.matching.LineItem;
import io.countersign.server.reconciliation.matching.Matcher;
import io.countersign.server.reconciliation.matching.MatchingInput;
import io.countersign.server.reconciliation.matching.MatchingResult;
import io.countersign.server.reconciliation.matching.MatchingResult.Finding;
import io.countersign.server.reconciliation.matching.MatchingResult.Found;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// Carries a run out: reads what is unexplained, lets the rules decide, writes what they said.
///
/// It computes without holding anything and writes in one transaction, if nothing that it read has
/// changed by then; else it starts again. A run that dies leaves nothing behind and is done again.
@Component
class Reconciler {

  private static final int ATTEMPTS_WITHOUT_LOCK = 5;
  private static final int READ_PERCENT = 20;
  private static final int COMPUTED_PERCENT = 60;
  private static final String SYSTEM = "system";

  private final Sources sources;
  private final SourceStore sourceStore;
  private final RunStore runs;
  private final Runs starts;
  private final EntryMirror mirror;
  private final StatementStore statements;
  private final MatchingStore unexplained;
  private final MatchStore matches;
  private final ItemStore items;
  private final CaseRaising cases;
  private final MissingStatements missing;
  private final FolderFetch folders;
  private final Transactions transactions;
  private final UuidV7 ids;
  private final Clock clock;

  Reconciler(
      Sources sources,
      SourceStore sourceStore,
      RunStore runs,
      Runs starts,
      EntryMirror mirror,
      StatementStore statements,
      MatchingStore unexplained,
      MatchStore matches,
      ItemStore items,
      CaseRaising cases,
      MissingStatements missing,
      FolderFetch folders,
      Transactions transactions,
      UuidV7 ids,
      Clock clock) {
    this.sources = sources;
    this.sourceStore = sourceStore;
    this.runs = runs;
    this.starts = starts;
    this.mirror = mirror;
    this.statements = statements;
    this.unexplained = unexplained;
    this.matches = matches;
    this.items = items;
    this.cases = cases;
    this.missing = missing;
    this.folders = folders;
    this.transactions = transactions;
    this.ids = ids;
    this.clock = clock;
  }

  void startAll() {
    for (SourceStore.Named source : sourceStore.all()) {
      transactions.run(() -> starts.start(source.ledger(), source.code(), null));
    }
  }

  /// Does nothing when the run is finished.
  void perform(int ledger, RunId id) {
    RunRow run = runs.find(ledger, id).orElseThrow();
    if (run.state() != RunState.RUNNING) {
      return;
    }
    SourceRow source = sources.get(ledger, run.source());
    if (run.fetch()) {
      folders.fetch(ledger, source);
    }
    mirror.update(ledger, source);
    for (int attempt = 1; !attempt(ledger, run, attempt > ATTEMPTS_WITHOUT_LOCK); attempt++) {
      // Somebody changed what was read; what is read next is newer.
    }
  }

  private boolean attempt(int ledger, RunRow run, boolean locking) {
    if (locking) {
      return transactions.write(
          () -> {
            sourceStore.lock(ledger, run.source());
            SourceRow source = sources.get(ledger, run.source());
            write(ledger, run, source, computed(ledger, run, source));
            return true;
          });
    }
    SourceRow source = sources.get(ledger, run.source());
    progress(ledger, run, READ_PERCENT);
    MatchingResult result = computed(ledger, run, source);
    progress(ledger, run, COMPUTED_PERCENT);
    return transactions.write(
        () -> {
          if (sourceStore.lock(ledger, source.code()) != source.version()) {
            return false;
          }
          write(ledger, run, source, result);
          return true;
        });
  }

  private void progress(int ledger, RunRow run, int percent) {
    transactions.run(() -> runs.progress(ledger, run.id(), percent));
  }

  private MatchingResult computed(int ledger, RunRow run, SourceRow source) {
    List<LineItem> lines = unexplained.lines(ledger, source.code(), run.through());
    List<EntryItem> entries =
        unexplained.entries(ledger, source, run.through(), reach(ledger, source), clock.instant());
    Set<String> keys = new LinkedHashSet<>();
    lines.forEach(it -> keys.addAll(it.keys()));
    entries.forEach(it -> keys.addAll(it.keys()));
    return Matcher.match(
        new MatchingInput(
            lines,
            entries,
            unexplained.separated(ledger, source.code()),
            unexplained.settled(ledger, source.code(), keys)));
  }

  private Map<UUID, LocalDate> reach(int ledger, SourceRow source) {
    Map<UUID, LocalDate> reach = new HashMap<>();
    for (SourceAccountRow account : source.accounts()) {
      statements
          .coveredThrough(ledger, account.id())
          .ifPresent(day -> reach.put(account.id(), day));
    }
    return reach;
  }

  private void write(int ledger, RunRow run, SourceRow source, MatchingResult result) {
    Instant now = clock.instant();
    writeMatches(ledger, source, result.found(), now);
    writeFindings(ledger, source, result, now);
    missing.check(ledger, source, now);
    sourceStore.bump(ledger, source.code());
    int exceptions = cases.unresolved(ledger, source.code());
    runs.finish(
        ledger, run.id(), runs.totals(ledger, source.code(), run.through(), exceptions), now);
  }

  private void writeMatches(int ledger, SourceRow source, List<Found> found, Instant now) {
    if (found.isEmpty()) {
      return;
    }
    List<NewMatch> made = found.stream().map(this::match).toList();
    matches.insert(ledger, source.code(), made, SYSTEM, now);
    cases.overtake(
        ledger,
        found.stream().flatMap(Reconciler::subjects).toList(),
        "What came since explains it.");
    for (int i = 0; i < found.size(); i++) {
      explain(ledger, found.get(i), made.get(i).id());
    }
  }

  private NewMatch match(Found found) {
    UUID account =
        found.lines().isEmpty()
            ? found.entries().getFirst().account()
            : found.lines().getFirst().account();
    Set<String> entryKeys = new LinkedHashSet<>();
    found.entries().forEach(it -> entryKeys.addAll(it.keys()));
    List<SettledKey> settled = new ArrayList<>();
    for (LineItem line : found.lines()) {
      Set<String> keys = new LinkedHashSet<>(line.keys());
      keys.addAll(entryKeys);
      keys.forEach(key -> settled.add(new SettledKey(key, line.minorUnits(), line.day())));
    }
    return new NewMatch(
        new MatchId(ids.next()),
        account,
        found.rule(),
        found.reason(),
        found.lines().stream().map(LineItem::id).toList(),
        found.entries().stream().map(EntryItem::transaction).toList(),
        settled);
  }

  private void explain(int ledger, Found found, MatchId match) {
    cases.explained(ledger, entries(found).toList(), "late_line", found.reason(), match);
    cases.explained(ledger, lines(found).toList(), "late_entry", found.reason(), match);
  }

  private static Stream<Subject> subjects(Found found) {
    return Stream.concat(lines(found), entries(found));
  }

  private static Stream<Subject> lines(Found found) {
    return found.lines().stream().map(it -> Subject.line(it.id()));
  }

  private static Stream<Subject> entries(Found found) {
    return found.entries().stream().map(it -> Subject.transaction(it.account(), it.transaction()));
  }

  private void writeFindings(int ledger, SourceRow source, MatchingResult result, Instant now) {
    List<Finding> findings = result.findings();
    List<UUID> lines = new ArrayList<>();
    List<EntryKey> entries = new ArrayList<>();
    CaseMaking making = new CaseMaking(source, now);
    for (Finding finding : findings) {
      if (finding.line() != null) {
        lines.add(finding.line().id());
      }
      if (finding.entry() != null) {
        entries.add(key(finding.entry()));
      }
    }
    items.markLines(ledger, lines, "excepted");
    items.markEntries(ledger, entries, "excepted");
    items.markEntries(ledger, result.awaiting().stream().map(Reconciler::key).toList(), "awaiting");
    cases.raise(ledger, source.code(), findings.stream().map(making::of).toList());
  }

  private static EntryKey key(EntryItem entry) {
    return new EntryKey(entry.account(), entry.transaction());
  }
}
