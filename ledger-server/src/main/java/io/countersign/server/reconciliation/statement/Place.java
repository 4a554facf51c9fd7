package io.countersign.server.reconciliation.statement;

/// Where in the file something stands, from 1.
record Place(int line, int column) {

  static final Place START = new Place(1, 1);

  UnreadableStatement unreadable(String message) {
    return new UnreadableStatement(line, column, message);
  }
}
