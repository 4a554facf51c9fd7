package io.countersign.server.sagas;

import io.countersign.model.Relation;
import io.countersign.model.UuidV7;
import io.countersign.model.id.SagaId;
import io.countersign.model.payments.SagaState;
import io.countersign.server.api.Problems;
import io.countersign.server.database.Transactions;
import io.countersign.server.sagas.LogLine.Event;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Starts sagas and carries them on. The log is the record of coordination: after a crash at any
/// point, whatever a saga's row says is due is done next, by whichever server wakes up for it.
///
/// A saga's row is the last lock of its transaction. Who moves it has locked the saga's subject
/// before, so no two transactions meet here in different orders.
@Component
public class Sagas {

  /// How long others leave a saga alone that a server has promised to carry on itself.
  public static final Duration GRACE = Duration.ofSeconds(15);

  private static final Duration PATIENCE = Duration.ofSeconds(4);
  private static final Logger LOG = LoggerFactory.getLogger(Sagas.class);

  private final SagaStore store;
  private final SagaDefinitions definitions;
  private final WakeUps wakeUps;
  private final Transactions transactions;
  private final UuidV7 ids;
  private final Clock clock;

  Sagas(
      SagaStore store,
      SagaDefinitions definitions,
      WakeUps wakeUps,
      Transactions transactions,
      UuidV7 ids,
      Clock clock) {
    this.store = store;
    this.definitions = definitions;
    this.wakeUps = wakeUps;
    this.transactions = transactions;
    this.ids = ids;
    this.clock = clock;
  }

  public SagaId newId() {
    return new SagaId(ids.next());
  }

  /// Starts a saga inside the caller's transaction and carries out the local steps it begins with.
  ///
  /// @param wakeUpAfter when some server takes it up unless [#run] has carried it on before
  public void start(int ledger, SagaId id, String kind, Relation subject, Duration wakeUpAfter) {
    Instant now = clock.instant();
    SagaRow fresh = SagaRow.fresh(id, kind, subject, now);
    Progress progress = new Progress(definitions.of(kind), run(ledger, fresh), fresh, now).begin();
    store.insert(ledger, progress.row(), now);
    store.log(ledger, id, 0, progress.log(), now);
    promise(ledger, progress.row(), 0, now.plus(wakeUpAfter));
  }

  /// Carries a saga on now, as far as it goes without waiting, with no transaction open. What is
  /// not begun within [#PATIENCE] is left to a wake-up: somebody may be waiting for an answer.
  public void run(int ledger, SagaId id) {
    long begun = System.nanoTime();
    SagaRow row = find(ledger, id);
    if (row.state() == SagaState.RUNNING) {
      do {
        row = attempt(ledger, row).orElseGet(() -> find(ledger, id));
      } while (row.isDue(clock.instant()) && System.nanoTime() - begun < PATIENCE.toNanos());
    }
  }

  /// Tells a saga, inside the caller's transaction, what has become of a step by other means, such
  /// as a message from outside. Told of another step than the one that is due, it stays as it is.
  ///
  /// The caller has locked the saga's subject, and entered the journal's gate if what follows
  /// posts.
  public void tell(int ledger, SagaId id, String step, StepOutcome outcome) {
    tell(ledger, id, step, outcome, false);
  }

  /// As [#tell], of the undo of a step.
  public void tellUndo(int ledger, SagaId id, String step, StepOutcome outcome) {
    tell(ledger, id, step, outcome, true);
  }

  private void tell(int ledger, SagaId id, String step, StepOutcome outcome, boolean backward) {
    SagaRow row = store.lock(ledger, id).orElseThrow(() -> notFound(id));
    boolean due = definitions.of(row.kind()).steps().get(row.step()).name().equals(step);
    if (due && row.backward() == backward && !row.isOver()) {
      move(ledger, row, outcome, Duration.ZERO);
    }
  }

  /// Carries on what was promised, unless it was overtaken.
  void wake(int ledger, SagaId id, long version) {
    SagaRow row = find(ledger, id);
    if (row.version() == version && row.state() == SagaState.RUNNING) {
      run(ledger, id);
    }
  }

  /// Takes up a saga anew inside the caller's transaction: one that is stuck, or that waits.
  ///
  /// @throws io.countersign.server.api.ProblemException 404 `not-found`, or 409 `wrong-state` when
  ///   it is over
  public void retry(int ledger, SagaId id, String by) {
    SagaRow row = store.lock(ledger, id).orElseThrow(() -> notFound(id));
    if (row.isOver()) {
      throw Problems.wrongState(
              row.state().wire(), "Saga " + id + " is over; nothing is left to do.")
          .asException();
    }
    Instant now = clock.instant();
    String step = definitions.of(row.kind()).steps().get(row.step()).name();
    save(
        ledger,
        row.at(row.step(), row.backward(), now),
        List.of(new LogLine(step, Event.RETRIED, row.attempts(), "by " + by)),
        Duration.ZERO);
  }

  /// @return how it was left; empty when it was not this attempt that moved it
  private Optional<SagaRow> attempt(int ledger, SagaRow seen) {
    SagaDefinition.Step step = definitions.of(seen.kind()).steps().get(seen.step());
    Work work = seen.backward() ? step.undo() : step.work();
    SagaRun run = run(ledger, seen);
    try {
      return switch (work) {
        case OutsideWork outside -> {
          LocalWork ending = outside.call(run);
          yield transactions.writeWithKeptPlans(() -> commit(ledger, seen, ending.commit(run)));
        }
        case LocalWork local ->
            transactions.writeWithKeptPlans(() -> commitAlone(ledger, seen, local.commit(run)));
        case null ->
            throw new IllegalStateException("step " + step.name() + " has nothing to undo");
      };
    } catch (Overtaken done) {
      LOG.debug("another server was quicker at '{}' of saga {}", step.name(), seen.id());
    } catch (RuntimeException failure) {
      // Whatever failed must not end the saga: it is logged once, here, and tried again.
      LOG.warn("saga {} failed at '{}'", seen.id(), step.name(), failure);
      transactions.run(() -> failed(ledger, seen, step.name(), failure));
    }
    return Optional.empty();
  }

  private Optional<SagaRow> commitAlone(int ledger, SagaRow seen, StepOutcome outcome) {
    Optional<SagaRow> moved = commit(ledger, seen, outcome);
    if (moved.isEmpty()) {
      throw new Overtaken();
    }
    return moved;
  }

  /// What an answer from outside means was applied to the subject as it is now, even if the saga
  /// has moved on meanwhile. A step without a call has had its whole effect already when somebody
  /// else has moved the saga: then the caller undoes its own.
  ///
  /// @return how it was left; empty when the saga no longer was where it was seen
  private Optional<SagaRow> commit(int ledger, SagaRow seen, StepOutcome outcome) {
    SagaRow row = store.lock(ledger, seen.id()).orElseThrow(() -> notFound(seen.id()));
    return row.isAt(seen) ? Optional.of(move(ledger, row, outcome, GRACE)) : Optional.empty();
  }

  /// Undoes the transaction of a step that another server has completed.
  private static final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1;

    Overtaken() {
      super("another server was quicker", null, false, false);
    }
  }

  private SagaRow move(int ledger, SagaRow row, StepOutcome outcome, Duration wakeUpAfter) {
    Progress progress =
        new Progress(definitions.of(row.kind()), run(ledger, row), row, clock.instant())
            .after(outcome);
    return save(ledger, progress.row(), progress.log(), wakeUpAfter);
  }

  private void failed(int ledger, SagaRow seen, String step, RuntimeException failure) {
    SagaRow row = store.lock(ledger, seen.id()).orElseThrow(() -> notFound(seen.id()));
    if (!row.isAt(seen)) {
      return;
    }
    String error = String.valueOf(failure.getMessage());
    boolean stuck = row.failures() + 1 >= Backoff.FAILURES_MAX;
    Duration pause = Backoff.after(row.failures() + 1, ThreadLocalRandom.current());
    save(
        ledger,
        stuck ? row.stuck(error) : row.failed(error, clock.instant().plus(pause)),
        List.of(new LogLine(step, stuck ? Event.STUCK : Event.FAILED, row.attempts() + 1, error)),
        Duration.ZERO);
  }

  private SagaRow save(int ledger, SagaRow row, List<LogLine> log, Duration wakeUpAfter) {
    Instant now = clock.instant();
    if (!store.update(ledger, row, now)) {
      throw new IllegalStateException("saga " + row.id() + " moved under its lock");
    }
    SagaRow saved = row.saved();
    store.log(ledger, row.id(), saved.version(), log, now);
    wakeUps.takeBack(ledger, row.id(), row.version());
    Instant next = row.nextAttemptAt();
    if (next != null) {
      // What is due at once is carried on by whoever is at it; others wait for the grace.
      promise(ledger, saved, saved.version(), next.isAfter(now) ? next : now.plus(wakeUpAfter));
    }
    return saved;
  }

  private void promise(int ledger, SagaRow row, long version, Instant at) {
    if (row.state() == SagaState.RUNNING) {
      wakeUps.promise(ledger, row.id(), version, at);
    }
  }

  private SagaRow find(int ledger, SagaId id) {
    return store.find(ledger, id).orElseThrow(() -> notFound(id));
  }

  private static SagaRun run(int ledger, SagaRow row) {
    return new SagaRun(ledger, row.id(), row.subject(), row.attempts());
  }

  private static RuntimeException notFound(@Nullable SagaId id) {
    return Problems.notFound("saga " + id).asException();
  }
}
