package io.countersign.console.reconciliation;

import io.countersign.console.client.Failure;
import io.countersign.model.reconciliation.Statement;
import io.countersign.model.reconciliation.StatementImport;
import io.countersign.model.reconciliation.StatementState;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A file on its way into the books, as far as it has come.
///
/// @param number tells it from others of the same name
/// @param source code of whom it is from
/// @param percent of the file that has been read; null while that is unknown
/// @param words what became of it
public record FileImport(
    int number, Path file, String source, Phase phase, @Nullable Integer percent, String words) {

  /// How far it has come.
  public enum Phase {
    WAITING,
    SENDING,
    READING,
    /// All of it was read, and nothing in it is wrong.
    DONE,
    /// It was read, and something in it needs a person.
    QUARANTINED,
    FAILED;

    boolean isOver() {
      return this == DONE || this == QUARANTINED || this == FAILED;
    }
  }

  static FileImport waiting(int number, Path file, String source) {
    return new FileImport(number, file, source, Phase.WAITING, null, "Waiting its turn.");
  }

  String name() {
    return String.valueOf(file.getFileName());
  }

  FileImport sending() {
    return in(Phase.SENDING, null, "Being sent.");
  }

  /// What the server says of it.
  FileImport after(StatementImport answer) {
    List<Statement> read = answer.statements();
    if (read == null) {
      Integer percent = answer.progress();
      return in(
          Phase.READING,
          percent,
          percent == null ? "Being read." : "Being read: " + percent + " %.");
    }
    long quarantined = count(read, StatementState.QUARANTINED);
    return in(quarantined > 0 ? Phase.QUARANTINED : Phase.DONE, 100, outcome(read, quarantined));
  }

  private static String outcome(List<Statement> read, long quarantined) {
    long duplicates = count(read, StatementState.DUPLICATE);
    long accepted = count(read, StatementState.ACCEPTED);
    long lines =
        read.stream()
            .filter(one -> one.state() == StatementState.ACCEPTED)
            .mapToLong(Statement::lineCount)
            .sum();
    StringBuilder words = new StringBuilder();
    if (accepted > 0) {
      words.append(counted(accepted, "statement")).append(" with ").append(counted(lines, "line"));
      words.append(". ");
    }
    if (duplicates > 0) {
      words.append(counted(duplicates, "statement")).append(" had been read before. ");
    }
    if (quarantined > 0) {
      words.append(counted(quarantined, "statement")).append(" quarantined: ");
      read.stream()
          .filter(one -> one.state() == StatementState.QUARANTINED)
          .flatMap(one -> one.problems().stream())
          .limit(1)
          .forEach(problem -> words.append(problem.detail()));
    }
    return words.isEmpty() ? "There was no statement in it." : words.toString().strip();
  }

  private static long count(List<Statement> read, StatementState state) {
    return read.stream().filter(one -> one.state() == state).count();
  }

  private static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  FileImport failed(Failure why) {
    return failed(why.message());
  }

  FileImport failed(String why) {
    return in(Phase.FAILED, null, why);
  }

  private FileImport in(Phase next, @Nullable Integer progress, String now) {
    return new FileImport(number, file, source, next, progress, now);
  }
}
