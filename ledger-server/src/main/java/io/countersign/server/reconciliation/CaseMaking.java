package io.countersign.server.reconciliation;

import io.countersign.model.id.LineId;
import io.countersign.model.id.TransactionId;
import io.countersign.model.reconciliation.Candidate;
import io.countersign.server.reconciliation.cases.RaisedCase;
import io.countersign.server.reconciliation.cases.Subject;
import io.countersign.server.reconciliation.matching.BusinessDays;
import io.countersign.server.reconciliation.matching.EntryItem;
import io.countersign.server.reconciliation.matching.LineItem;
import io.countersign.server.reconciliation.matching.MatchingResult.Finding;
import io.countersign.server.reconciliation.matching.MatchingResult.Suggestion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Words a finding as an exception.
final class CaseMaking {

  /// Business days in which an exception should be resolved.
  private static final int DAYS_TO_RESOLVE = 5;

  private static final int WORDS_LONGEST = 2_000;

  private final SourceRow source;
  private final Instant dueAt;

  CaseMaking(SourceRow source, Instant now) {
    this.source = source;
    this.dueAt =
        BusinessDays.plus(
                source.calendar(), now.atZone(source.zone()).toLocalDate(), DAYS_TO_RESOLVE)
            .atTime(source.cutOff())
            .atZone(source.zone())
            .toInstant();
  }

  Instant dueAt() {
    return dueAt;
  }

  RaisedCase of(Finding finding) {
    LineItem line = finding.line();
    EntryItem entry = finding.entry();
    List<LineId> lines = line == null ? List.of() : List.of(new LineId(line.id()));
    List<TransactionId> transactions =
        entry == null ? List.of() : List.of(new TransactionId(entry.transaction()));
    List<Candidate> candidates = finding.suggestions().stream().map(CaseMaking::candidate).toList();
    if (line != null) {
      return new RaisedCase(
          Subject.line(line.id()),
          finding.category(),
          source.code(),
          line.account(),
          line.minorUnits(),
          line.currency(),
          finding.difference(),
          lines,
          transactions,
          null,
          candidates,
          words(line, entry),
          dueAt);
    }
    if (entry == null) {
      throw new IllegalArgumentException("a finding is about something");
    }
    return new RaisedCase(
        Subject.transaction(entry.account(), entry.transaction()),
        finding.category(),
        source.code(),
        entry.account(),
        entry.minorUnits(),
        entry.currency(),
        finding.difference(),
        lines,
        transactions,
        null,
        candidates,
        words(null, entry),
        dueAt);
  }

  private static Candidate candidate(Suggestion suggestion) {
    return new Candidate(
        suggestion.lines().stream().map(LineId::new).toList(),
        suggestion.transactions().stream().map(TransactionId::new).toList(),
        suggestion.score(),
        suggestion.reason());
  }

  private static String words(@Nullable LineItem line, @Nullable EntryItem entry) {
    List<String> words = new ArrayList<>();
    if (line != null) {
      words.add(line.text());
    }
    if (entry != null) {
      words.add(entry.words());
      words.add(new TransactionId(entry.transaction()).toString());
    }
    String joined = String.join(" ", words);
    return joined.length() > WORDS_LONGEST ? joined.substring(0, WORDS_LONGEST) : joined;
  }
}
