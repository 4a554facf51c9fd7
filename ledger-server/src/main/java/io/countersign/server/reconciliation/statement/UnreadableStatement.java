package io.countersign.server.reconciliation.statement;

/// A file that is no statement, or a broken one. Nothing of it may be kept.
///
/// The message says what to do about it; line and column, from 1, say where.
public final class UnreadableStatement extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  public UnreadableStatement(int line, int column, String message) {
    super(message);
    this.line = Math.max(line, 1);
    this.column = Math.max(column, 1);
  }

  public int line() {
    return line;
  }

  public int column() {
    return column;
  }
}
