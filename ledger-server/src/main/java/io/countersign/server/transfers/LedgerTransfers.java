package io.countersign.server.transfers;

import io.countersign.model.Money;
import io.countersign.model.journal.TransactionKind;
import io.countersign.model.transfers.LedgerAccount;
import io.countersign.model.transfers.LedgerTransferRequest;
import io.countersign.model.transfers.LedgerTransferStarted;
import io.countersign.server.accounts.AccountRow;
import io.countersign.server.accounts.Accounts;
import io.countersign.server.accounts.Ledger;
import io.countersign.server.accounts.Ledgers;
import io.countersign.server.api.Answer;
import io.countersign.server.api.Caller;
import io.countersign.server.api.FieldChecks;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.OncePerKey;
import io.countersign.server.api.Problem;
import io.countersign.server.api.Problems;
import io.countersign.server.api.Role;
import io.countersign.server.audit.AuditChange;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.journal.Drafts;
import io.countersign.server.journal.EntryDraft;
import io.countersign.server.journal.Gate;
import io.countersign.server.journal.Journal;
import io.countersign.server.journal.TransactionDraft;
import io.countersign.server.sagas.Sagas;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/// Starts transfers between ledgers.
@Component
class LedgerTransfers {

  private static final int CODE_LONGEST = 128;

  private final DepartureStore departures;
  private final Sagas sagas;
  private final Journal journal;
  private final Gate gate;
  private final Accounts accounts;
  private final Ledgers ledgers;
  private final AuditLog audit;
  private final OncePerKey once;
  private final Clock clock;

  LedgerTransfers(
      DepartureStore departures,
      Sagas sagas,
      Journal journal,
      Gate gate,
      Accounts accounts,
      Ledgers ledgers,
      AuditLog audit,
      OncePerKey once,
      Clock clock) {
    this.departures = departures;
    this.sagas = sagas;
    this.journal = journal;
    this.gate = gate;
    this.accounts = accounts;
    this.ledgers = ledgers;
    this.audit = audit;
    this.once = once;
    this.clock = clock;
  }

  /// Takes the money in one commit with the key, in the ledger it leaves; the rest is the saga's.
  /// The key counts in that ledger.
  ///
  /// @throws io.countersign.server.api.ProblemException 404 `not-found` or 403 `forbidden` about a
  ///   ledger, 422 `same-ledger`, or what either of the books refuses
  ResponseEntity<byte[]> start(Caller caller, KeyedRequest request, LedgerTransferRequest body) {
    check(body);
    Ledger from = seen(caller, body.from().ledger());
    Ledger to = seen(caller, body.to().ledger());
    requireIntegrator(caller, from);
    requireIntegrator(caller, to);
    // The other ledger is read before the transaction, which keeps to the first; told is it only to
    // a request that is new.
    Optional<Problem> foreseen = foreseenRefusal(from, to, body);
    return once.execute(
        request.in(from.id()),
        gate.entering(),
        () -> {
          foreseen.ifPresent(
              problem -> {
                throw problem.asException();
              });
          return Answer.accepted(depart(caller, from, to, body));
        });
  }

  private LedgerTransferStarted depart(
      Caller caller, Ledger from, Ledger to, LedgerTransferRequest body) {
    Departure departure =
        new Departure(
            sagas.newId(),
            body.from().account(),
            to.id(),
            body.to().account(),
            body.amount(),
            body.description(),
            caller.name(),
            null);
    departures.insert(from.id(), departure, clock.instant());
    sagas.start(
        from.id(),
        departure.saga(),
        LedgerTransferSaga.KIND,
        LedgerTransferSaga.relation(departure.saga()),
        Duration.ZERO);
    audit.write(
        from.id(),
        caller,
        AuditChange.made("transfer.start", "saga", departure.saga().toString(), body));
    return new LedgerTransferStarted(departure.saga());
  }

  /// What can be foreseen is refused before anything is taken; what cannot is compensated.
  private Optional<Problem> foreseenRefusal(Ledger from, Ledger to, LedgerTransferRequest body) {
    if (from.id() == to.id()) {
      return Optional.of(
          Problem.of(
              "same-ledger",
              422,
              "Both accounts are in ledger '"
                  + from.code()
                  + "': use POST /v1/ledgers/"
                  + from.code()
                  + "/transfers, which is done at once."));
    }
    if (!body.amount().isPositive()) {
      return Optional.of(Problems.invalidMoney("An amount must be more than zero."));
    }
    if (isDebitNormal(from, body.from().account()) && isDebitNormal(to, body.to().account())) {
      return Optional.of(
          Problem.of(
              "ambiguous-transfer",
              422,
              "Between two debit-normal accounts a transfer reads backwards: debiting 'from'"
                  + " raises it."));
    }
    return journal
        .foreseenRefusal(to.scope(), at(body.to().account(), body.amount()))
        .map(problem -> problem.with("ledger", to.code()));
  }

  private boolean isDebitNormal(Ledger ledger, String account) {
    @Nullable AccountRow row = accounts.find(ledger.id(), account).orElse(null);
    return row != null && row.debitNormal();
  }

  // The other side of it is the clearing account, which may still have to be made.
  private static TransactionDraft at(String account, Money amount) {
    return TransactionDraft.of(TransactionKind.TRANSACTION, "foreseen", "nobody")
        .entries(EntryDraft.debit(account, amount), EntryDraft.credit(account, amount))
        .build();
  }

  private Ledger seen(Caller caller, String code) {
    return ledgers
        .find(code)
        .filter(ledger -> caller.sees(ledger.id()))
        .orElseThrow(() -> Problems.notFound("ledger '" + code + "'").asException());
  }

  private static void requireIntegrator(Caller caller, Ledger ledger) {
    if (!caller.has(ledger.id(), Role.INTEGRATOR)) {
      throw Problems.forbidden(
              "This takes the role INTEGRATOR on both ledgers; you lack it on '"
                  + ledger.code()
                  + "'.")
          .asException();
    }
  }

  private static void check(LedgerTransferRequest body) {
    FieldChecks checks =
        new FieldChecks()
            .required("from", body.from())
            .required("to", body.to())
            .required("amount", body.amount())
            .text("description", body.description(), Drafts.DESCRIPTION_LONGEST);
    check(checks, "from", body.from());
    check(checks, "to", body.to());
    checks.orThrow();
  }

  private static void check(FieldChecks checks, String field, @Nullable LedgerAccount place) {
    if (place != null) {
      checks
          .text(field + ".ledger", place.ledger(), CODE_LONGEST)
          .text(field + ".account", place.account(), CODE_LONGEST);
    }
  }
}
