package io.countersign.server.journal;

import io.countersign.server.api.OncePerKey;
import io.countersign.server.database.Failures;
import io.countersign.server.database.RunAgain;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// The gate of the journal: appenders pass it side by side, a closer passes it alone.
///
/// It is first in the one lock order. An appender enters before its first sequence number and
/// leaves with its commit, so when a closer is in, every number handed out is committed or gone,
/// and no appender has read an account's state before the closer changed it.
@Component
public class Gate {

  private static final String ENTER = "LOCK TABLE journal.gate IN ROW SHARE MODE";
  // A waiting closer holds up those who come after it, so it does not wait long; it tries again.
  private static final String CLOSE =
      """
      SET LOCAL lock_timeout = '100ms';
      LOCK TABLE journal.gate IN EXCLUSIVE MODE;
      SET LOCAL lock_timeout = '2s'
      """;

  private final JdbcClient jdbc;

  Gate(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// What an idempotent request that appends passes as its preamble.
  public OncePerKey.Preamble entering() {
    return this::enter;
  }

  /// What an idempotent request that closes something passes as its preamble: it enters alone.
  public OncePerKey.Preamble closing() {
    return this::close;
  }

  /// Enters within the caller's writing transaction, before its keys and its work items are locked.
  public void enter() {
    if (!isEntered()) {
      jdbc.sql(ENTER).update();
      markEntered();
    }
  }

  /// Enters alone: waits for all appenders to commit and lets none in until the caller commits.
  void close() {
    try {
      jdbc.sql(CLOSE).update();
      markEntered();
    } catch (DataAccessException e) {
      if (Failures.lockNotGranted(e)) {
        throw new RunAgain("appenders did not leave the gate in time", e);
      }
      throw e;
    }
  }

  /// @throws IllegalStateException when the caller's transaction has not entered: appending now
  ///   would take locks out of their order
  void requireEntered() {
    if (!isEntered()) {
      throw new IllegalStateException("enter the journal's gate first in this transaction");
    }
  }

  private boolean isEntered() {
    return TransactionSynchronizationManager.hasResource(this);
  }

  private void markEntered() {
    TransactionSynchronizationManager.bindResource(this, true);
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(Gate.this);
          }
        });
  }
}
