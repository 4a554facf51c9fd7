package io.countersign.server.seals;

import io.countersign.model.UuidV7;
import io.countersign.model.seals.Broken;
import io.countersign.model.seals.Verification;
import io.countersign.model.seals.VerificationState;
import io.countersign.seal.SealStatement;
import io.countersign.server.accounts.Ledgers;
import io.countersign.server.api.Caller;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.Problems;
import io.countersign.server.audit.AuditChange;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.database.Transactions;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Verifications as people ask for them: one at a time for each ledger, carried out in the
/// background by whichever server is free, and begun anew when that one ends.
@Component
class Verifications {

  private static final Logger LOG = LoggerFactory.getLogger(Verifications.class);
  private static final int PERCENT = 100;

  private final VerificationStore store;
  private final BooksCheck check;
  private final Seals seals;
  private final Ledgers ledgers;
  private final SealTasks tasks;
  private final AuditLog audit;
  private final Transactions transactions;
  private final UuidV7 ids;
  private final Clock clock;

  Verifications(
      VerificationStore store,
      BooksCheck check,
      Seals seals,
      Ledgers ledgers,
      SealTasks tasks,
      AuditLog audit,
      Transactions transactions,
      UuidV7 ids,
      Clock clock) {
    this.store = store;
    this.check = check;
    this.seals = seals;
    this.ledgers = ledgers;
    this.tasks = tasks;
    this.audit = audit;
    this.transactions = transactions;
    this.ids = ids;
    this.clock = clock;
  }

  /// The server is going down; another start takes the work up.
  static final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Interrupted() {
      super("the server is shutting down; the work begins anew with the next start");
    }
  }

  /// Promises a verification within the caller's transaction; one that runs is enough.
  Verification start(LedgerScope ledger, Caller caller) {
    UUID id = ids.next();
    if (store.insert(ledger.id(), id, caller.name(), clock.instant())) {
      audit.write(
          ledger.id(), caller, AuditChange.made("seals.verify", "verification", id.toString(), id));
      tasks.verify(ledger.id(), id);
    }
    return latest(ledger.id());
  }

  /// @throws io.countersign.server.api.ProblemException 404 `not-found` before the first one
  Verification latest(int ledger) {
    return store
        .latest(ledger)
        .orElseThrow(() -> Problems.notFound("verification of these seals yet").asException());
  }

  /// Carries a verification out, from its beginning. Does nothing when it is finished.
  ///
  /// @param stopping whether the server is going down
  void perform(int ledgerId, UUID id, BooleanSupplier stopping) {
    Optional<Verification> asked = store.find(ledgerId, id);
    if (asked.isEmpty() || asked.get().state() != VerificationState.RUNNING) {
      return;
    }
    LedgerScope ledger = ledgers.byId(ledgerId).scope();
    // What was acknowledged before somebody asked is under a seal and so under this verification.
    long end = seals.sealNow(ledger, stopping);
    Course course = new Course(ledgerId, id, Math.max(end, 1));
    Runnable onPage =
        () -> {
          if (stopping.getAsBoolean()) {
            throw new Interrupted();
          }
        };
    Optional<Broken> broken =
        check
            .firstBroken(ledger, onPage, course)
            .or(() -> check.firstBroken(LedgerScope.SERVER, onPage, it -> {}).map(this::ofServer));
    finish(ledger, id, course.through, broken);
  }

  private void finish(LedgerScope ledger, UUID id, long through, Optional<Broken> broken) {
    broken.ifPresent(
        it ->
            LOG.error(
                "The books of ledger '{}' are not as they were sealed: {}", ledger.code(), it));
    transactions.run(
        () -> store.finish(ledger.id(), id, through, broken.orElse(null), clock.instant()));
  }

  private Broken ofServer(Broken broken) {
    return new Broken(
        broken.type(),
        broken.id(),
        broken.sequence(),
        broken.seal(),
        broken.difference(),
        "Among the records of the server itself (users, keys, sessions): " + broken.detail());
  }

  /// How far one has come; written down when the percentage moves.
  private final class Course implements java.util.function.Consumer<SealStatement> {

    private final int ledger;
    private final UUID id;
    private final long end;
    private long through;
    private int percent;

    Course(int ledger, UUID id, long end) {
      this.ledger = ledger;
      this.id = id;
      this.end = end;
    }

    @Override
    public void accept(SealStatement intact) {
      through = intact.throughSequence();
      int now = (int) Math.min(PERCENT - 1, through / Math.max(1, end / PERCENT));
      if (now > percent) {
        percent = now;
        transactions.run(() -> store.progress(ledger, id, percent, through));
      }
    }
  }
}
