package io.countersign.server.journal;

import io.countersign.model.UuidV7;
import io.countersign.model.id.TransactionId;
import io.countersign.server.accounts.AccountRow;
import io.countersign.server.accounts.Accounts;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.Problem;
import io.countersign.server.database.RunAgain;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Appends to the books. Nothing else does.
@Component
public class Journal {

  private final Gate gate;
  private final Accounts accounts;
  private final PeriodStore periods;
  private final JournalStore store;
  private final FinalSums finalSums;
  private final KnownChart knownChart;
  private final UuidV7 ids;
  private final Clock clock;

  Journal(
      Gate gate,
      Accounts accounts,
      PeriodStore periods,
      JournalStore store,
      FinalSums finalSums,
      KnownChart knownChart,
      UuidV7 ids,
      Clock clock) {
    this.gate = gate;
    this.accounts = accounts;
    this.periods = periods;
    this.store = store;
    this.finalSums = finalSums;
    this.knownChart = knownChart;
    this.ids = ids;
    this.clock = clock;
  }

  /// Appends transactions within the caller's database transaction, which has entered the [Gate]
  /// and appends once. Costs a handful of statements, whatever the number of drafts.
  ///
  /// Drafts are decided in their order and each for itself: a refused one leaves no trace and
  /// refuses no other.
  ///
  /// @return one outcome per draft, in their order
  /// @throws IllegalStateException when the gate was not entered
  /// @throws RunAgain when another commit reversed the same transaction meanwhile
  public List<Appended> append(LedgerScope ledger, List<TransactionDraft> drafts) {
    PreparedAppend prepared = prepare(ledger, drafts);
    prepared.write();
    return prepared.outcomes();
  }

  /// As [#append(LedgerScope, List)] but for the writing itself, so that the caller can do other
  /// things with the outcomes meanwhile.
  PreparedAppend prepare(LedgerScope ledger, List<TransactionDraft> drafts) {
    gate.requireEntered();
    if (drafts.isEmpty()) {
      return PreparedAppend.NOTHING;
    }
    // After the gate, in a statement of its own.
    JournalStore.Standing standing = standing(ledger.id());
    Map<String, AccountRow> chart = chart(ledger, drafts, standing);
    @Nullable Problem[] refusals = new @Nullable Problem[drafts.size()];
    LocalDate today = today(ledger, standing.closed());
    for (int i = 0; i < refusals.length; i++) {
      refusals[i] = broken(drafts.get(i), chart, today, standing.closed());
    }
    refuseSecondReversals(ledger, drafts, refusals);
    refuseBrokenFloors(ledger, drafts, chart, refusals, standing.watermark());
    return number(ledger, drafts, chart, refusals, today, standing.watermark());
  }

  /// As [#append(LedgerScope, List)], for one draft.
  public Appended append(LedgerScope ledger, TransactionDraft draft) {
    return append(ledger, List.of(draft)).getFirst();
  }

  /// What would be refused as the accounts are now, whatever their balances: for callers who ask
  /// before they do something that cannot be undone. Another answer may come when it is appended.
  public Optional<Problem> foreseenRefusal(LedgerScope ledger, TransactionDraft draft) {
    ClosedPeriods closed = periods.closed(ledger.id());
    return Optional.ofNullable(
        broken(
            draft,
            accounts.byCode(ledger.id(), codes(List.of(draft))),
            today(ledger, closed),
            closed));
  }

  // By the clock of another server the month may be over and closed already. What is posted on the
  // day it is recorded then counts for the first day that is open: no closing refuses it.
  private LocalDate today(LedgerScope ledger, ClosedPeriods closed) {
    LocalDate today = ledger.today(clock);
    return today.isBefore(closed.firstOpenDay()) ? closed.firstOpenDay() : today;
  }

  private static @Nullable Problem broken(
      TransactionDraft draft,
      Map<String, AccountRow> chart,
      LocalDate today,
      ClosedPeriods closed) {
    Problem problem = DraftRules.broken(draft, chart, today);
    return problem == null ? closed.refusal(draft.effectiveOn()) : problem;
  }

  // What is remembered was read under the mark that the chart still bears, so an acknowledged
  // freeze is seen; all else is read now.
  private Map<String, AccountRow> chart(
      LedgerScope ledger, List<TransactionDraft> drafts, JournalStore.Standing standing) {
    Set<String> codes = codes(drafts);
    Map<String, AccountRow> chart = knownChart.find(ledger.id(), standing, codes);
    codes.removeAll(chart.keySet());
    if (!codes.isEmpty()) {
      Map<String, AccountRow> read = accounts.byCode(ledger.id(), codes);
      knownChart.remember(ledger.id(), standing, read);
      chart.putAll(read);
    }
    return chart;
  }

  private static Set<String> codes(List<TransactionDraft> drafts) {
    Set<String> codes = new HashSet<>();
    drafts.forEach(draft -> draft.entries().forEach(entry -> codes.add(entry.account())));
    return codes;
  }

  private void refuseSecondReversals(
      LedgerScope ledger, List<TransactionDraft> drafts, @Nullable Problem[] refusals) {
    List<TransactionId> reversals =
        drafts.stream().map(TransactionDraft::reverses).filter(Objects::nonNull).toList();
    if (reversals.isEmpty()) {
      return;
    }
    Set<UUID> reversed = store.reversed(ledger.id(), reversals);
    for (int i = 0; i < refusals.length; i++) {
      TransactionId id = drafts.get(i).reverses();
      if (id != null && refusals[i] == null && !reversed.add(id.uuid())) {
        refusals[i] =
            Problem.of("already-reversed", 409, "Transaction " + id + " is reversed already.");
      }
    }
  }

  private void refuseBrokenFloors(
      LedgerScope ledger,
      List<TransactionDraft> drafts,
      Map<String, AccountRow> chart,
      @Nullable Problem[] refusals,
      @Nullable Watermark watermark) {
    Map<UUID, AccountRow> lowered = new HashMap<>();
    for (int i = 0; i < refusals.length; i++) {
      if (refusals[i] == null) {
        collectLowered(drafts.get(i), chart, lowered);
      }
    }
    if (lowered.isEmpty()) {
      return;
    }
    // Sorted over the whole set, so two appends over the same accounts never wait for each other.
    accounts.lockFloors(ledger.id(), new TreeSet<>(lowered.keySet()));
    Funds funds = new Funds(available(ledger.id(), lowered, watermark));
    for (int i = 0; i < refusals.length; i++) {
      if (refusals[i] == null) {
        refusals[i] = funds.decide(drafts.get(i), chart);
      }
    }
  }

  private static void collectLowered(
      TransactionDraft draft, Map<String, AccountRow> chart, Map<UUID, AccountRow> lowered) {
    for (EntryDraft entry : draft.entries()) {
      AccountRow account = Objects.requireNonNull(chart.get(entry.account()));
      if (account.minimumBalance() != null && Funds.lowers(entry, account)) {
        lowered.put(account.id(), account);
      }
    }
  }

  private JournalStore.Standing standing(int ledger) {
    JournalStore.Standing standing = store.standing(ledger, finalSums.newest(ledger));
    if (!standing.same()) {
      finalSums.forget(ledger);
      knownChart.forget(ledger);
    }
    if (standing.watermark() != null) {
      finalSums.remember(ledger, standing.watermark(), Map.of());
    }
    return standing;
  }

  private Map<UUID, BigInteger> available(
      int ledger, Map<UUID, AccountRow> locked, @Nullable Watermark watermark) {
    Map<UUID, FinalSums.Sum> remembered = finalSums.find(ledger, locked.keySet());
    Map<UUID, Long> known = new HashMap<>();
    remembered.forEach((account, sum) -> known.put(account, sum.through()));
    long through = watermark == null ? 0 : watermark.sequence();
    Map<UUID, JournalStore.Available> read =
        store.available(ledger, locked.keySet(), known, through);
    Map<UUID, FinalSums.Sum> sums = new HashMap<>();
    Map<UUID, BigInteger> available = new HashMap<>();
    locked.forEach(
        (id, account) -> {
          JournalStore.Available added = Objects.requireNonNull(read.get(id));
          FinalSums.@Nullable Sum before = remembered.get(id);
          BigInteger sum = before == null ? added.through() : before.signed().add(added.through());
          sums.put(id, new FinalSums.Sum(through, sum));
          BigInteger signed = sum.add(added.since());
          available.put(id, account.debitNormal() ? signed : signed.negate());
        });
    if (watermark != null) {
      finalSums.remember(ledger, watermark, sums);
    }
    return available;
  }

  private PreparedAppend number(
      LedgerScope ledger,
      List<TransactionDraft> drafts,
      Map<String, AccountRow> chart,
      @Nullable Problem[] refusals,
      LocalDate today,
      @Nullable Watermark watermark) {
    int accepted = (int) Arrays.stream(refusals).filter(Objects::isNull).count();
    if (accepted == 0) {
      return new PreparedAppend(
          Arrays.stream(refusals).<Appended>map(Appended.Refused::new).toList(), () -> {});
    }
    JournalStore.Numbers numbers = store.numbers(accepted, watermark);
    Iterator<Long> sequences = numbers.sequences().iterator();
    List<NumberedDraft> written = new ArrayList<>(accepted);
    List<Appended> outcomes = new ArrayList<>(drafts.size());
    for (int i = 0; i < refusals.length; i++) {
      Problem refusal = refusals[i];
      if (refusal != null) {
        outcomes.add(new Appended.Refused(refusal));
        continue;
      }
      TransactionDraft draft = drafts.get(i);
      NumberedDraft numbered =
          new NumberedDraft(
              draft,
              ids.next(),
              sequences.next(),
              numbers.recordedAt(),
              Objects.requireNonNullElse(draft.effectiveOn(), today),
              chart);
      written.add(numbered);
      outcomes.add(new Appended.Recorded(numbered.toModel()));
    }
    return new PreparedAppend(outcomes, () -> insert(ledger, written, numbers.recordedAt()));
  }

  private void insert(LedgerScope ledger, List<NumberedDraft> written, Instant recordedAt) {
    List<NumberedDraft> reversals =
        written.stream().filter(draft -> draft.reverses() != null).toList();
    if (!reversals.isEmpty() && store.claimReversals(ledger.id(), reversals) != reversals.size()) {
      throw new RunAgain("another commit reversed the same transaction");
    }
    store.insert(ledger.id(), written, recordedAt);
  }
}
