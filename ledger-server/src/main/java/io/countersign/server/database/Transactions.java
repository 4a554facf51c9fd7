package io.countersign.server.database;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/// How this server begins a database transaction, and how it ends one that goes wrong.
///
/// A writing one sets READ COMMITTED itself, whatever the database's or the pool's default says:
/// under REPEATABLE READ the snapshot is older than the lock that guards a balance, and the same
/// code spends twice (`docs/architecture.md`, "Locks only where a double-spend is possible").
@Component
public class Transactions {

  // One round trip. The lock timeout bounds every wait, so a call is answered within its deadline.
  private static final String BEGIN_WRITING =
      "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = '2s'";
  // Plans that are made once and suit tables of every size, since no scan is ever chosen.
  private static final String KEEP_PLANS =
      "; SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL enable_seqscan = off"
          + "; SET LOCAL enable_bitmapscan = off";
  private static final String BEGIN_KEEPING_PLANS = BEGIN_WRITING + KEEP_PLANS;
  private static final String BEGIN_IMPATIENT =
      "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = '200ms'"
          + KEEP_PLANS;
  private static final int ATTEMPTS_MAX = 8;
  private static final int CONNECTIONS_MAX = 3;
  private static final long BACK_OFF_MILLIS = 2;

  private final TransactionTemplate template;
  private final JdbcClient jdbc;

  public Transactions(PlatformTransactionManager manager, JdbcClient jdbc) {
    this.template = new TransactionTemplate(manager);
    this.jdbc = jdbc;
  }

  /// Runs `work` in a new writing transaction, and again from its start when PostgreSQL reports a
  /// deadlock or a serialisation failure (40P01, 40001), which undo everything it did, or when the
  /// connection was lost before a commit was asked for.
  ///
  /// @throws CannotAcquireLockException when somebody else held a lock for 2 s: nothing is done,
  ///   and the caller may try again
  /// @throws OutcomeUnknown when the commit was asked for and not answered
  /// @throws IllegalStateException when a transaction is already open: nesting would commit the
  ///   inner effect with the outer one's outcome unknown
  public <T> T write(Supplier<T> work) {
    return write(BEGIN_WRITING, work);
  }

  /// As [#write(Supplier)], for few statements that are run for ever, and all of whose reads are
  /// look-ups in an index: PostgreSQL plans them once for each connection and not each time
  /// (`docs/decisions/0018-a-group-keeps-plans-and-sums.md`).
  public <T> T writeWithKeptPlans(Supplier<T> work) {
    return write(BEGIN_KEEPING_PLANS, work);
  }

  /// As [#writeWithKeptPlans], but gives up on a lock after 200 ms: for work of many callers, which
  /// one lock must not hold up.
  public <T> T writeImpatiently(Supplier<T> work) {
    return write(BEGIN_IMPATIENT, work);
  }

  /// As [#write(Supplier)], for work without a result.
  public void run(Runnable work) {
    write(
        () -> {
          work.run();
          return Boolean.TRUE;
        });
  }

  private <T> T write(String begin, Supplier<T> work) {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("a writing transaction is already open here");
    }
    for (int attempt = 1; ; attempt++) {
      AtomicBoolean committing = new AtomicBoolean();
      try {
        return template.execute(
            status -> {
              jdbc.sql(begin).update();
              T result = work.get();
              committing.set(true);
              return result;
            });
      } catch (RuntimeException e) {
        RuntimeException failure = original(e);
        if (!isOfDatabase(failure)) {
          throw failure;
        }
        if (attempt == ATTEMPTS_MAX || !mayRunAgain(failure, committing.get(), attempt)) {
          throw asFinal(failure, committing.get());
        }
      }
      backOff(attempt);
    }
  }

  // What loses the connection fails twice: the rollback after it cannot be sent either.
  private static RuntimeException original(RuntimeException failure) {
    return failure instanceof TransactionSystemException rollback
            && rollback.getApplicationException() instanceof RuntimeException first
        ? first
        : failure;
  }

  // db-scheduler, which joins transactions, wraps what the driver throws in classes of its own.
  private static boolean isOfDatabase(RuntimeException failure) {
    return failure instanceof DataAccessException
        || failure instanceof TransactionException
        || Failures.isOfDatabase(failure);
  }

  private static boolean mayRunAgain(RuntimeException failure, boolean committing, int attempt) {
    if (Failures.undoneWhole(failure)) {
      return true;
    }
    // The pool has waited for a connection as long as anybody may.
    if (failure instanceof ConcurrencyFailureException
        || failure instanceof CannotCreateTransactionException) {
      return false;
    }
    return !committing && attempt < CONNECTIONS_MAX && Failures.connectionLost(failure);
  }

  private static RuntimeException asFinal(RuntimeException failure, boolean committing) {
    if (committing && !Failures.commitRefused(failure)) {
      return new OutcomeUnknown(failure);
    }
    if (Failures.lockNotGranted(failure)) {
      return new CannotAcquireLockException(
          "a lock was not granted in time; nothing is done", failure);
    }
    // Spring has no class for a session that PostgreSQL ended because it stood still.
    return !(failure instanceof TransactionException) && Failures.connectionLost(failure)
        ? new DataAccessResourceFailureException(
            "the connection was lost; nothing is done", failure)
        : failure;
  }

  // Full jitter, so that those who ran into each other do not do so again.
  private static void backOff(int attempt) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(BACK_OFF_MILLIS << attempt));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
