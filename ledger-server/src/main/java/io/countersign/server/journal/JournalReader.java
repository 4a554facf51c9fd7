package io.countersign.server.journal;

import io.countersign.model.id.TransactionId;
import io.countersign.model.journal.Entry;
import io.countersign.model.journal.Transaction;
import io.countersign.server.accounts.AccountRow;
import io.countersign.server.accounts.Accounts;
import io.countersign.server.api.Cursor;
import io.countersign.server.api.Page;
import io.countersign.server.api.Problems;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Reads the books' transactions.
@Component
public class JournalReader {

  private final TransactionStore store;
  private final JournalSearch search;
  private final Accounts accounts;

  JournalReader(TransactionStore store, JournalSearch search, Accounts accounts) {
    this.store = store;
    this.search = search;
    this.accounts = accounts;
  }

  /// @throws io.countersign.server.api.ProblemException 404 `not-found`
  public Transaction get(int ledger, TransactionId id) {
    return withEntries(ledger, store.find(ledger, id).stream().toList()).stream()
        .findFirst()
        .orElseThrow(() -> Problems.notFound("transaction " + id).asException());
  }

  /// Those among `ids` that exist, in the order of recording.
  public List<Transaction> find(int ledger, Collection<TransactionId> ids) {
    return withEntries(ledger, store.find(ledger, ids));
  }

  /// All transactions that relate to one thing, in the order of recording.
  ///
  /// @param subject its id with its prefix, such as `pay_…`
  public List<Transaction> ofSubject(int ledger, String subject) {
    return withEntries(ledger, store.ofSubject(ledger, subject));
  }

  Page<Transaction> page(int ledger, TransactionFilter filter, @Nullable String after, int limit) {
    Long afterSequence = after == null ? null : Cursor.number(after);
    List<Long> found = search.find(ledger, filter, afterSequence, limit + 1);
    Map<Long, Transaction> heads = store.ofSequences(ledger, found);
    List<Transaction> rows =
        withEntries(
            ledger, found.stream().map(it -> Objects.requireNonNull(heads.get(it))).toList());
    return Page.of(rows, limit, transaction -> Cursor.of(transaction.sequence()));
  }

  private List<Transaction> withEntries(int ledger, List<Transaction> heads) {
    if (heads.isEmpty()) {
      return heads;
    }
    Map<Long, List<TransactionStore.EntryRow>> entries =
        store.entries(ledger, heads.stream().map(Transaction::sequence).toList());
    Set<UUID> ids =
        entries.values().stream()
            .flatMap(List::stream)
            .map(TransactionStore.EntryRow::account)
            .collect(Collectors.toSet());
    Map<UUID, AccountRow> chart = accounts.byId(ledger, ids);
    return heads.stream()
        .map(
            head ->
                withEntries(
                    head,
                    Objects.requireNonNull(entries.get(head.sequence())).stream()
                        .map(row -> row.toModel(code(chart, row.account())))
                        .toList()))
        .toList();
  }

  private static String code(Map<UUID, AccountRow> chart, UUID account) {
    return Objects.requireNonNull(chart.get(account)).code();
  }

  private static Transaction withEntries(Transaction head, List<Entry> entries) {
    return new Transaction(
        head.id(),
        head.sequence(),
        head.kind(),
        head.description(),
        head.effectiveOn(),
        head.recordedAt(),
        head.recordedBy(),
        head.reference(),
        entries,
        head.reverses(),
        head.reversedBy(),
        head.relatesTo(),
        head.proposedBy(),
        head.decidedBy(),
        head.metadata());
  }
}
