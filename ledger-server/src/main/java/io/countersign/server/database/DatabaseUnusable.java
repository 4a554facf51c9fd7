package io.countersign.server.database;

/// The server cannot start on this database, and whoever starts it can mend that.
public final class DatabaseUnusable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String remedy;

  public DatabaseUnusable(String problem, String remedy) {
    super(problem);
    this.remedy = remedy;
  }

  public DatabaseUnusable(String problem, String remedy, Throwable cause) {
    super(problem, cause);
    this.remedy = remedy;
  }

  /// What to do about it, in a sentence.
  public String remedy() {
    return remedy;
  }
}
