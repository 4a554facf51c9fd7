package io.countersign.console.reconciliation;

import io.countersign.client.ReconciliationCalls;
import io.countersign.console.client.Workplace;
import io.countersign.console.reconciliation.FileImport.Phase;
import io.countersign.model.reconciliation.StatementImport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// Files on their way in, one after the other. A file has an identity of its own, so that one that
/// is sent twice adds nothing.
public final class FileImports {

  private final Workplace workplace;
  private final Runnable arrived;
  private final ObservableList<FileImport> all = FXCollections.observableArrayList();
  private int numbers;

  /// @param arrived runs after each file that has been read
  FileImports(Workplace workplace, Runnable arrived) {
    this.workplace = workplace;
    this.arrived = arrived;
  }

  public ObservableList<FileImport> all() {
    return all;
  }

  /// @param source code of whom they are from
  public void send(List<Path> files, String source) {
    files.forEach(file -> all.add(FileImport.waiting(++numbers, file, source)));
    next();
  }

  public void tryAgain(FileImport failed) {
    change(failed.number(), it -> FileImport.waiting(it.number(), it.file(), it.source()));
    next();
  }

  public void forget(FileImport ended) {
    all.removeIf(it -> it.number() == ended.number() && it.phase().isOver());
  }

  private void next() {
    boolean busy =
        all.stream().anyMatch(it -> it.phase() == Phase.SENDING || it.phase() == Phase.READING);
    if (!busy) {
      all.stream()
          .filter(it -> it.phase() == Phase.WAITING)
          .findFirst()
          .ifPresent(
              waiting -> {
                String problem = problem(waiting.file());
                if (problem.isEmpty()) {
                  change(waiting.number(), FileImport::sending);
                  upload(waiting);
                } else {
                  change(waiting.number(), it -> it.failed(problem));
                  next();
                }
              });
    }
  }

  /// Why a file cannot be sent; empty when it can.
  static String problem(Path file) {
    if (Files.isDirectory(file)) {
      return file + " is a folder; take the files in it.";
    }
    return Files.isReadable(file) ? "" : "There is no file " + file + " that can be read.";
  }

  private void upload(FileImport file) {
    workplace
        .tasks()
        .run(
            "Sending " + file.name(),
            () -> calls().upload(file.source(), file.name(), file.file()),
            answer -> heed(file, answer),
            why -> {
              change(file.number(), it -> it.failed(why));
              next();
            });
  }

  private void heed(FileImport file, StatementImport answer) {
    change(file.number(), it -> it.after(answer));
    if (answer.statements() == null) {
      follow(file, answer.importId());
    } else {
      arrived.run();
      next();
    }
  }

  private void follow(FileImport file, String id) {
    Duration pause = ReconciliationViewModel.LOOK_EVERY;
    workplace
        .tasks()
        .run(
            "Reading " + file.name(),
            ReconciliationViewModel.afterPause(pause, () -> calls().statementImport(id)),
            answer -> heed(file, answer),
            why -> {
              change(file.number(), it -> it.failed(why));
              next();
            });
  }

  private void change(int number, UnaryOperator<FileImport> how) {
    all.replaceAll(it -> it.number() == number ? how.apply(it) : it);
  }

  private ReconciliationCalls calls() {
    return workplace.books().reconciliation();
  }
}
