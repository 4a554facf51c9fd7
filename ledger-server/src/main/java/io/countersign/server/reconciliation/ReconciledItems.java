package io.countersign.server.reconciliation;

import io.countersign.model.Money;
import io.countersign.model.UuidV7;
import io.countersign.model.id.LineId;
import io.countersign.model.id.MatchId;
import io.countersign.model.id.TransactionId;
import io.countersign.model.journal.Transaction;
import io.countersign.model.reconciliation.StatementLine;
import io.countersign.server.api.Problem;
import io.countersign.server.api.Problems;
import io.countersign.server.journal.PostedMovement;
import io.countersign.server.reconciliation.ItemStore.Item;
import io.countersign.server.reconciliation.MatchStore.NewMatch;
import io.countersign.server.reconciliation.MatchStore.SettledKey;
import io.countersign.server.reconciliation.cases.CaseItems;
import io.countersign.server.reconciliation.matching.ReferenceKeys;
import java.math.BigInteger;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Lines and transactions as people put them together and take them apart.
@Component
class ReconciledItems implements CaseItems {

  private final ItemStore items;
  private final LineStore lines;
  private final MatchStore matches;
  private final SourceStore sources;
  private final EntryStore entries;
  private final UuidV7 ids;
  private final Clock clock;

  ReconciledItems(
      ItemStore items,
      LineStore lines,
      MatchStore matches,
      SourceStore sources,
      EntryStore entries,
      UuidV7 ids,
      Clock clock) {
    this.items = items;
    this.lines = lines;
    this.matches = matches;
    this.sources = sources;
    this.entries = entries;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public void hold(int ledger, String source) {
    sources.lock(ledger, source);
    sources.bump(ledger, source);
  }

  @Override
  public List<StatementLine> lines(int ledger, Collection<LineId> wanted) {
    return lines.byIds(ledger, wanted.stream().map(LineId::uuid).toList()).stream()
        .map(LineRow::toModel)
        .toList();
  }

  @Override
  public MatchId match(
      int ledger,
      String source,
      List<LineId> wantedLines,
      List<TransactionId> wantedTransactions,
      String reason,
      String by) {
    List<Item> found = items.lockLines(ledger, source, uuids(wantedLines));
    for (LineId line : wantedLines) {
      refuseUnlessOpen(found, line.uuid(), "line " + line);
    }
    List<Item> named =
        items.lockEntries(
            ledger, source, wantedTransactions.stream().map(TransactionId::uuid).toList());
    UUID account = account(found, named);
    List<Item> moved = named.stream().filter(it -> it.account().equals(account)).toList();
    for (TransactionId transaction : wantedTransactions) {
      refuseUnlessOpen(moved, transaction.uuid(), "transaction " + transaction);
    }
    return insert(ledger, source, account, found, moved, "manual", reason, by);
  }

  private MatchId insert(
      int ledger,
      String source,
      UUID account,
      List<Item> found,
      List<Item> moved,
      String rule,
      String reason,
      String by) {
    refuseUnlessBalanced(ledger, source, account, found, moved);
    MatchId id = new MatchId(ids.next());
    NewMatch match =
        new NewMatch(
            id,
            account,
            rule,
            reason,
            found.stream().map(Item::id).toList(),
            moved.stream().map(Item::id).toList(),
            settled(found, moved));
    matches.insert(ledger, source, List.of(match), by, clock.instant());
    return id;
  }

  @Override
  public Unexplained unexplained(
      int ledger,
      String source,
      UUID account,
      Collection<LineId> wantedLines,
      Collection<TransactionId> wantedTransactions) {
    SourceAccountRow of = account(ledger, source, account);
    List<Item> open = open(items.lockLines(ledger, source, uuids(wantedLines)), account);
    List<Item> moved =
        open(
            items.lockEntries(
                ledger, source, wantedTransactions.stream().map(TransactionId::uuid).toList()),
            account);
    return new Unexplained(
        of.ledgerAccount(),
        of.currency(),
        open.stream().map(it -> new LineId(it.id())).toList(),
        moved.stream().map(it -> new TransactionId(it.id())).toList(),
        sum(open).subtract(sum(moved)));
  }

  private static List<UUID> uuids(Collection<LineId> lines) {
    return lines.stream().map(LineId::uuid).toList();
  }

  private static List<Item> open(List<Item> found, UUID account) {
    return found.stream().filter(it -> it.account().equals(account) && !it.matched()).toList();
  }

  private SourceAccountRow account(int ledger, String source, UUID account) {
    return sources.find(ledger, source).flatMap(it -> it.account(account)).orElseThrow();
  }

  @Override
  public MatchId settle(
      int ledger,
      String source,
      UUID account,
      Unexplained what,
      Transaction posted,
      String rule,
      String reason,
      String by) {
    List<UUID> wanted =
        new ArrayList<>(what.transactions().stream().map(TransactionId::uuid).toList());
    // A run copies what is posted later; whoever comes second finds it there.
    PostedMovement.of(posted, what.ledgerAccount())
        .ifPresent(
            movement -> {
              entries.insert(ledger, account, List.of(MirroredEntry.of(movement, Map.of())));
              wanted.add(posted.id().uuid());
            });
    List<Item> open = open(items.lockLines(ledger, source, uuids(what.lines())), account);
    List<Item> moved = open(items.lockEntries(ledger, source, wanted), account);
    return insert(ledger, source, account, open, moved, rule, reason, by);
  }

  // A match is within one account: the lines' one, or the one that the first transaction moved.
  private static UUID account(List<Item> lines, List<Item> entries) {
    Set<UUID> accounts = new LinkedHashSet<>();
    lines.forEach(it -> accounts.add(it.account()));
    if (accounts.size() > 1) {
      throw Problem.of(
              "match-does-not-balance", 422, "The lines are on different accounts of the source.")
          .asException();
    }
    entries.forEach(it -> accounts.add(it.account()));
    if (accounts.isEmpty()) {
      throw Problems.notFound("line or transaction of this source among those named").asException();
    }
    return accounts.iterator().next();
  }

  private static void refuseUnlessOpen(List<Item> found, UUID id, String what) {
    Item item =
        found.stream()
            .filter(it -> it.id().equals(id))
            .findFirst()
            .orElseThrow(() -> Problems.notFound(what + " of this source").asException());
    if (item.matched()) {
      throw Problems.wrongState(
              "matched", "The " + what + " is matched already; undo that match first.")
          .asException();
    }
  }

  private void refuseUnlessBalanced(
      int ledger, String source, UUID account, List<Item> lines, List<Item> entries) {
    BigInteger difference = sum(lines).subtract(sum(entries));
    if (difference.signum() == 0) {
      return;
    }
    Problem problem =
        Problem.of(
            "match-does-not-balance",
            422,
            "The lines and the transactions differ by %s minor units.".formatted(difference));
    if (difference.bitLength() < Long.SIZE) {
      var currency = account(ledger, source, account).currency();
      problem = problem.with("difference", new Money(difference.longValue(), currency));
    }
    throw problem.asException();
  }

  private static BigInteger sum(List<Item> items) {
    return items.stream()
        .map(it -> BigInteger.valueOf(it.minorUnits()))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private static List<SettledKey> settled(List<Item> lines, List<Item> entries) {
    Set<String> references = new LinkedHashSet<>();
    entries.forEach(it -> references.addAll(it.references()));
    List<SettledKey> settled = new ArrayList<>();
    for (Item line : lines) {
      Set<String> known = new LinkedHashSet<>(line.references());
      known.addAll(references);
      ReferenceKeys.of(known)
          .forEach(key -> settled.add(new SettledKey(key, line.minorUnits(), line.day())));
    }
    return settled;
  }

  @Override
  public void undo(int ledger, MatchId match, String reason, String by) {
    matches.undo(ledger, match, reason, by, clock.instant());
  }

  @Override
  public void dismiss(
      int ledger,
      UUID account,
      Collection<LineId> dismissedLines,
      Collection<TransactionId> transactions,
      boolean dismissed) {
    items.dismissLines(ledger, dismissedLines.stream().map(LineId::uuid).toList(), dismissed);
    items.dismissEntries(
        ledger, account, transactions.stream().map(TransactionId::uuid).toList(), dismissed);
  }
}
