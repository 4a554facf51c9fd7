package io.countersign.server.journal;

import io.countersign.server.api.Answer;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.Problem;
import io.countersign.server.api.ProblemException;
import io.countersign.server.api.Problems;
import io.countersign.server.database.Failures;
import io.countersign.server.database.OutcomeUnknown;
import io.countersign.server.database.Transactions;
import io.countersign.server.idempotency.GroupKeys;
import io.countersign.server.idempotency.GroupKeys.Decided;
import io.countersign.server.idempotency.GroupKeys.Known;
import io.countersign.server.idempotency.Idempotency;
import io.countersign.server.idempotency.Landing;
import io.countersign.server.journal.GroupCommit.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionException;

/// Writes one group in one database transaction and tells each of its callers how it ended.
///
/// In the transaction: the gate, the keys that are known already, one append, the answers under
/// their keys. Refusals are decided in memory and have written nothing, so they are kept in the
/// same commit as their neighbours' effects.
@Component
class GroupWriter {

  private static final Logger LOG = LoggerFactory.getLogger(GroupWriter.class);
  private static final int UNKNOWN_ATTEMPTS_MAX = 4;
  private static final long PAUSE_MILLIS = 250;

  private final Transactions transactions;
  private final Gate gate;
  private final GroupKeys keys;
  private final Journal journal;

  GroupWriter(Transactions transactions, Gate gate, GroupKeys keys, Journal journal) {
    this.transactions = transactions;
    this.gate = gate;
    this.keys = keys;
    this.journal = journal;
  }

  /// Ends every flight of the group.
  ///
  /// A group that fails for a reason that may lie in one of its members is halved until that one
  /// stands alone and fails alone.
  ///
  /// @param decided is told when nothing is left but to commit
  void write(LedgerScope ledger, List<Waiting> group, Runnable decided) {
    try {
      Map<Waiting, Outcome> ends = learned(ledger, group, decided);
      ends.forEach(GroupWriter::end);
    } catch (Error e) {
      fail(group, new IllegalStateException(e));
      throw e;
    } catch (RuntimeException e) {
      if (group.size() > 1 && mayLieInOne(e)) {
        int half = group.size() / 2;
        write(ledger, group.subList(0, half), decided);
        write(ledger, group.subList(half, group.size()), decided);
      } else {
        fail(group, e);
      }
    }
  }

  // After an unanswered commit the same transaction is run again: it finds the keys, or inserts
  // them, which waits for the lost one to end.
  private Map<Waiting, Outcome> learned(LedgerScope ledger, List<Waiting> group, Runnable decided) {
    boolean unknown = false;
    for (int attempt = 1; ; attempt++) {
      try {
        Supplier<Map<Waiting, Outcome>> work = () -> decide(ledger, group, decided);
        return group.size() > 1
            ? transactions.writeImpatiently(work)
            : transactions.writeWithKeptPlans(work);
      } catch (DataAccessException | TransactionException e) {
        unknown |= e instanceof OutcomeUnknown;
        if (!unknown) {
          throw e;
        }
        if (attempt == UNKNOWN_ATTEMPTS_MAX) {
          LOG.warn("the outcome of {} requests is unknown", group.size(), e);
          throw Idempotency.outcomeUnknown();
        }
      }
      pause();
    }
  }

  private Map<Waiting, Outcome> decide(LedgerScope ledger, List<Waiting> group, Runnable decided) {
    gate.enter();
    Map<Waiting, Outcome> ends = new HashMap<>();
    List<Waiting> fresh = new ArrayList<>();
    Iterator<Known> known = keys.find(ledger.id(), requests(group)).iterator();
    for (Waiting waiting : group) {
      switch (known.next()) {
        case Known.Fresh first -> fresh.add(waiting);
        case Known.Answered answered -> ends.put(waiting, new Outcome.Kept(answered.answer()));
        case Known.Refused refused -> ends.put(waiting, failed(refused.problem()));
      }
    }
    keep(ledger, fresh, ends);
    decided.run();
    return ends;
  }

  private void keep(LedgerScope ledger, List<Waiting> fresh, Map<Waiting, Outcome> ends) {
    List<TransactionDraft> drafts = new ArrayList<>(fresh.size());
    for (Waiting waiting : fresh) {
      TransactionDraft draft = waiting.item().draft();
      if (draft != null) {
        drafts.add(draft);
      }
    }
    PreparedAppend prepared = journal.prepare(ledger, drafts);
    Iterator<Appended> appended = prepared.outcomes().iterator();
    List<Waiting> kept = new ArrayList<>(fresh.size());
    List<Decided> decided = new ArrayList<>(fresh.size());
    for (Waiting waiting : fresh) {
      Problem refusal = waiting.item().refusal();
      Decided outcome =
          refusal == null
              ? decided(waiting.item().request(), appended.next())
              : new Decided.Refused(waiting.item().request(), refusal);
      if (outcome instanceof Decided.Refused refused && !refused.problem().consumesKey()) {
        ends.put(waiting, failed(refused.problem()));
      } else {
        kept.add(waiting);
        decided.add(outcome);
      }
    }
    // Whoever comes next waits for this group, so its answers are made while PostgreSQL inserts.
    Supplier<List<Landing.Answered>> answering = beside(() -> keys.answers(decided));
    prepared.write();
    List<Landing.Answered> answers = answering.get();
    keys.keep(ledger.id(), requests(kept), answers);
    for (int i = 0; i < answers.size(); i++) {
      ends.put(kept.get(i), new Outcome.Kept(answers.get(i)));
    }
  }

  /// Runs work on a thread of its own.
  ///
  /// @return waits for its result, and throws what it threw
  private static <T> Supplier<T> beside(Supplier<T> work) {
    FutureTask<T> task = new FutureTask<>(work::get);
    Thread.ofVirtual().name("answers").start(task);
    return () -> {
      try {
        return task.get();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException failure
            ? failure
            : new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("the answers of a group are not ready", e);
      }
    };
  }

  private static Decided decided(KeyedRequest request, Appended appended) {
    return switch (appended) {
      case Appended.Recorded recorded ->
          new Decided.Done(request, Answer.created(recorded.transaction()));
      case Appended.Refused refused -> new Decided.Refused(request, refused.problem());
    };
  }

  private static List<KeyedRequest> requests(List<Waiting> group) {
    return group.stream().map(waiting -> waiting.item().request()).toList();
  }

  private static Outcome failed(Problem problem) {
    return new Outcome.Failed(problem.asException());
  }

  private static void end(Waiting waiting, Outcome outcome) {
    switch (outcome) {
      case Outcome.Kept kept -> waiting.flight().land(kept.answer());
      case Outcome.Failed failed -> waiting.flight().fail(failed.problem());
    }
  }

  // A database that cannot be reached is nobody's fault, and asking it again for each half would
  // only keep everybody waiting.
  private static boolean mayLieInOne(RuntimeException failure) {
    return !(failure instanceof ProblemException)
        && !(failure instanceof CannotCreateTransactionException)
        && !Failures.connectionLost(failure);
  }

  private static void fail(List<Waiting> group, RuntimeException failure) {
    RuntimeException told =
        Failures.lockNotGranted(failure)
            ? Problems.unavailable(
                    "Another request holds what this needs; repeat with the same key.")
                .asException()
            : failure;
    group.forEach(waiting -> waiting.flight().fail(told));
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
