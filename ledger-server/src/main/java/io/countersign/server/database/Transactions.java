package io.countersign.server.database;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/// How this server begins a database transaction.
///
/// A writing one sets READ COMMITTED itself, whatever the database's or the pool's default says:
/// under REPEATABLE READ the snapshot is older than the lock that guards a balance, and the same
/// code spends twice (`docs/architecture.md`, "Locks only where a double-spend is possible").
@Component
public class Transactions {

  // One round trip. The lock timeout bounds every wait, so a call is answered within its deadline.
  private static final String BEGIN_WRITING =
      "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = '2s'";
  private static final int ATTEMPTS_MAX = 8;
  private static final long BACK_OFF_MILLIS = 2;

  private final TransactionTemplate template;
  private final JdbcClient jdbc;

  public Transactions(PlatformTransactionManager manager, JdbcClient jdbc) {
    this.template = new TransactionTemplate(manager);
    this.jdbc = jdbc;
  }

  /// Runs `work` in a new writing transaction, and again from its start when PostgreSQL reports a
  /// deadlock or a serialisation failure (40P01, 40001), which undo everything it did.
  ///
  /// @throws CannotAcquireLockException when somebody else held a lock for too long: nothing is
  ///   done, and the caller may try again
  /// @throws IllegalStateException when a transaction is already open: nesting would commit the
  ///   inner effect with the outer one's outcome unknown
  public <T> T write(Supplier<T> work) {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("a writing transaction is already open here");
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return template.execute(
            status -> {
              jdbc.sql(BEGIN_WRITING).update();
              return work.get();
            });
      } catch (ConcurrencyFailureException e) {
        if (attempt == ATTEMPTS_MAX || !Failures.undoneWhole(e)) {
          throw e;
        }
        backOff(attempt);
      } catch (DataAccessException e) {
        throw Failures.lockNotGranted(e)
            ? new CannotAcquireLockException("a lock was not granted in time; nothing is done", e)
            : e;
      }
    }
  }

  /// As [#write(Supplier)], for work without a result.
  public void run(Runnable work) {
    write(
        () -> {
          work.run();
          return Boolean.TRUE;
        });
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
