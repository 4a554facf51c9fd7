package io.countersign.server.transfers;

import static io.countersign.server.sagas.SagaDefinition.undoneLocally;

import io.countersign.model.Relation;
import io.countersign.model.id.SagaId;
import io.countersign.model.id.TransactionId;
import io.countersign.model.journal.TransactionKind;
import io.countersign.server.accounts.Ledger;
import io.countersign.server.accounts.Ledgers;
import io.countersign.server.database.Transactions;
import io.countersign.server.journal.Appended;
import io.countersign.server.journal.EntryDraft;
import io.countersign.server.journal.Gate;
import io.countersign.server.journal.Journal;
import io.countersign.server.journal.TransactionDraft;
import io.countersign.server.sagas.LocalWork;
import io.countersign.server.sagas.SagaDefinition;
import io.countersign.server.sagas.SagaRun;
import io.countersign.server.sagas.StepOutcome;
import java.time.Clock;
import java.util.Objects;
import org.springframework.stereotype.Component;

/// What carries money from one ledger to another: taken in the first, posted in the second, and
/// given back when the second refuses it.
///
/// The saga belongs to the ledger that the money leaves. To it the other ledger is outside: what is
/// done there commits there, and harmlessly again.
@Component
class LedgerTransferSaga {

  static final String KIND = "transfer";

  private final DepartureStore departures;
  private final ArrivalStore arrivals;
  private final ClearingAccounts clearing;
  private final Journal journal;
  private final Gate gate;
  private final Ledgers ledgers;
  private final Transactions transactions;
  private final Clock clock;

  LedgerTransferSaga(
      DepartureStore departures,
      ArrivalStore arrivals,
      ClearingAccounts clearing,
      Journal journal,
      Gate gate,
      Ledgers ledgers,
      Transactions transactions,
      Clock clock) {
    this.departures = departures;
    this.arrivals = arrivals;
    this.clearing = clearing;
    this.journal = journal;
    this.gate = gate;
    this.ledgers = ledgers;
    this.transactions = transactions;
    this.clock = clock;
  }

  /// The money is taken in the commit that makes the transfer, or nothing is made.
  SagaDefinition definition() {
    return SagaDefinition.of(KIND)
        .local("take", this::take, undoneLocally(this::giveBack))
        .outside("post in the other ledger", this::arrive)
        .build();
  }

  /// How the transactions of a transfer name what they belong to.
  static Relation relation(SagaId saga) {
    return new Relation("saga", saga.toString());
  }

  private StepOutcome take(SagaRun run) {
    Ledger from = ledgers.byId(run.ledger());
    Departure departure = departures.lock(from.id(), run.saga());
    String owed =
        clearing.ensure(from, ledgers.byId(departure.toLedger()), departure.amount().currency());
    TransactionId taken =
        journal
            .append(
                from.scope(),
                leg(departure)
                    .entries(
                        EntryDraft.debit(departure.account(), departure.amount()),
                        EntryDraft.credit(owed, departure.amount()))
                    .build())
            .orThrow()
            .id();
    if (!departures.posted(from.id(), run.saga(), taken)) {
      throw new IllegalStateException("the money of " + run.saga() + " was taken before");
    }
    return new StepOutcome.Done();
  }

  private LocalWork arrive(SagaRun run) {
    Departure departure = departures.get(run.ledger(), run.saga());
    Arrival arrival = transactions.write(() -> decide(run.ledger(), departure));
    return ending -> {
      // What follows a refusal posts in this ledger.
      gate.enter();
      departures.lock(run.ledger(), run.saga());
      return switch (arrival) {
        case Arrival.Posted _ -> new StepOutcome.Done();
        case Arrival.Refused refused -> new StepOutcome.Refused(refused.why());
      };
    };
  }

  /// A refusal is kept: otherwise whoever asks again after an unfreeze would post what has been, or
  /// is being, given back.
  private Arrival decide(int fromLedger, Departure departure) {
    Ledger to = ledgers.byId(departure.toLedger());
    gate.enter();
    if (!arrivals.claim(to.id(), departure.saga(), fromLedger, clock.instant())) {
      return arrivals.get(to.id(), departure.saga());
    }
    Arrival arrival =
        switch (post(ledgers.byId(fromLedger), to, departure)) {
          case Appended.Recorded recorded -> new Arrival.Posted(recorded.transaction().id());
          case Appended.Refused refused ->
              new Arrival.Refused(
                  refused.problem().slug()
                      + " in ledger "
                      + to.code()
                      + ": "
                      + refused.problem().detail());
        };
    if (!arrivals.decide(to.id(), departure.saga(), arrival)) {
      throw new IllegalStateException("the arrival of " + departure.saga() + " was decided twice");
    }
    return arrival;
  }

  private Appended post(Ledger from, Ledger to, Departure departure) {
    String owed = clearing.ensure(to, from, departure.amount().currency());
    return journal.append(
        to.scope(),
        leg(departure)
            .entries(
                EntryDraft.debit(owed, departure.amount()),
                EntryDraft.credit(departure.toAccount(), departure.amount()))
            .build());
  }

  private StepOutcome giveBack(SagaRun run) {
    gate.enter();
    Ledger from = ledgers.byId(run.ledger());
    Departure departure = departures.lock(from.id(), run.saga());
    String owed =
        ClearingAccounts.code(ledgers.byId(departure.toLedger()), departure.amount().currency());
    TransactionDraft compensation =
        TransactionDraft.of(
                TransactionKind.REVERSAL,
                "Given back: " + departure.description(),
                departure.requestedBy())
            .entries(
                EntryDraft.debit(owed, departure.amount()),
                EntryDraft.credit(departure.account(), departure.amount()))
            .reverses(Objects.requireNonNull(departure.transaction(), "what was taken"))
            .relatesTo(relation(departure.saga()))
            .build();
    return switch (journal.append(from.scope(), compensation)) {
      case Appended.Recorded _ -> new StepOutcome.Done();
      case Appended.Refused refused ->
          new StepOutcome.Stuck(refused.problem().slug() + ": " + refused.problem().detail());
    };
  }

  // On the day it is recorded: a period that was closed meanwhile refuses neither leg.
  private static TransactionDraft.Builder leg(Departure departure) {
    return TransactionDraft.of(
            TransactionKind.TRANSFER, departure.description(), departure.requestedBy())
        .relatesTo(relation(departure.saga()));
  }
}
