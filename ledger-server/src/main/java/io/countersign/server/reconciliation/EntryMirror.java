package io.countersign.server.reconciliation;

import io.countersign.model.Relation;
import io.countersign.server.database.Transactions;
import io.countersign.server.journal.PostedMovement;
import io.countersign.server.journal.PostedMovements;
import io.countersign.server.payments.ProviderReferences;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Copies what the journal moved on a source's accounts, so that what is unexplained can be kept
/// beside it. Copying twice changes nothing.
@Component
class EntryMirror {

  private static final int BITE = 1_000;

  // Sequences are handed out before commit. An append ends within seconds, so behind everything
  // recorded a good while ago no lower sequence can still appear.
  private static final Duration APPEND_LONGEST = Duration.ofMinutes(2);

  private final PostedMovements journal;
  private final ProviderReferences providers;
  private final EntryStore store;
  private final SourceStore sources;
  private final Transactions transactions;
  private final Clock clock;

  EntryMirror(
      PostedMovements journal,
      ProviderReferences providers,
      EntryStore store,
      SourceStore sources,
      Transactions transactions,
      Clock clock) {
    this.journal = journal;
    this.providers = providers;
    this.store = store;
    this.sources = sources;
    this.transactions = transactions;
    this.clock = clock;
  }

  void update(int ledger, SourceRow source) {
    source.accounts().forEach(account -> update(ledger, account));
  }

  private void update(int ledger, SourceAccountRow account) {
    Instant settled = clock.instant().minus(APPEND_LONGEST);
    long after = account.mirroredThrough();
    List<PostedMovement> bite;
    do {
      bite = journal.of(ledger, account.booksAccount(), after, BITE);
      if (!bite.isEmpty()) {
        after = bite.getLast().sequence();
        keep(ledger, account, bite, settled);
      }
    } while (bite.size() == BITE);
  }

  private void keep(
      int ledger, SourceAccountRow account, List<PostedMovement> bite, Instant settled) {
    long through =
        bite.stream()
            .takeWhile(it -> it.recordedAt().isBefore(settled))
            .mapToLong(PostedMovement::sequence)
            .max()
            .orElse(0);
    List<MirroredEntry> entries = entries(ledger, bite);
    transactions.run(
        () -> {
          store.insert(ledger, account.id(), entries);
          sources.mirrored(ledger, account.id(), through);
        });
  }

  private List<MirroredEntry> entries(int ledger, List<PostedMovement> bite) {
    List<String> subjects = new ArrayList<>();
    for (PostedMovement movement : bite) {
      Relation relation = movement.relatesTo();
      if (relation != null) {
        subjects.add(relation.id());
      }
    }
    Map<String, List<String>> known = providers.of(ledger, subjects);
    return bite.stream().map(it -> MirroredEntry.of(it, known)).toList();
  }
}
