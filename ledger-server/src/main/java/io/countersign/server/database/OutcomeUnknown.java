package io.countersign.server.database;

import org.springframework.dao.DataAccessResourceFailureException;

/// A commit was asked for and no answer came: what the transaction did may be in the database, or
/// not. Only who has written a key can learn it, by inserting the key again: that waits for the
/// lost transaction's end, which no SELECT does.
public final class OutcomeUnknown extends DataAccessResourceFailureException {

  private static final long serialVersionUID = 1L;

  OutcomeUnknown(Throwable cause) {
    super("the commit was not answered; it may have happened", cause);
  }
}
