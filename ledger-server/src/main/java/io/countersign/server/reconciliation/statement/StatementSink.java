package io.countersign.server.reconciliation.statement;

/// Takes what a reader finds.
///
/// A file that turns out to be unreadable may have delivered lines already: whoever keeps them
/// undoes that.
public interface StatementSink {

  /// A new statement. Several may be open at once: an acquirer's table mixes its currencies.
  Open begin();

  /// A statement that is being read.
  interface Open {

    /// Its next line.
    void line(ParsedLine line);

    /// Ends it: no line follows.
    void end(ParsedStatement statement);
  }
}
