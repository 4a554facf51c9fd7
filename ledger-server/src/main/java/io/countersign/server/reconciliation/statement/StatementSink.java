package io.countersign.server.reconciliation.statement;

/// Takes what a reader finds, in the file's order: the lines of a statement, then the statement.
///
/// A file that turns out to be unreadable may have delivered lines already: whoever keeps them
/// undoes that.
public interface StatementSink {

  void line(ParsedLine line);

  /// Ends the statement whose lines came since the last call.
  void end(ParsedStatement statement);
}
