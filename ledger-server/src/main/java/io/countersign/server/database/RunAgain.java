package io.countersign.server.database;

import org.springframework.dao.ConcurrencyFailureException;

/// Undoes the whole transaction and runs it again: what it had read was overtaken by another
/// commit.
public final class RunAgain extends ConcurrencyFailureException {

  private static final long serialVersionUID = 1L;

  public RunAgain(String overtakenBy) {
    super(overtakenBy);
  }

  public RunAgain(String overtakenBy, Throwable cause) {
    super(overtakenBy, cause);
  }
}
