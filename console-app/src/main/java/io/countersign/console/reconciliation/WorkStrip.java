package io.countersign.console.reconciliation;

import io.countersign.console.reconciliation.FileImport.Phase;
import io.countersign.console.ui.Icons;
import io.countersign.console.ui.Sections;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/// Files on their way in and the run of the matcher, one line each, until somebody has read how
/// they ended.
final class WorkStrip extends VBox {

  private final ReconciliationViewModel model;

  WorkStrip(ReconciliationViewModel model) {
    this.model = model;
    setId("reconciliationWork");
    getStyleClass().add("work-strip");
    managedProperty().bind(visibleProperty());
    model.imports().all().subscribe(this::show);
    model.runProgressProperty().subscribe(run -> show());
  }

  private void show() {
    getChildren().clear();
    RunProgress run = model.runProgressProperty().get();
    if (run != null) {
      getChildren().add(line(run));
    }
    model.imports().all().forEach(file -> getChildren().add(line(file)));
    setVisible(!getChildren().isEmpty());
  }

  private Node line(RunProgress run) {
    boolean over = run.isOver();
    Double share = run.run() == null ? null : Double.valueOf(run.run().progress() / 100.0);
    return line(
        over
            ? (run.problem().isEmpty() ? Feather.CHECK_CIRCLE : Feather.ALERT_TRIANGLE)
            : Feather.REFRESH_CW,
        "Reconciling " + run.source(),
        run.words(),
        over ? null : bar(share),
        over ? close("runClose", model::forgetRun) : null,
        null);
  }

  private Node line(FileImport file) {
    Phase phase = file.phase();
    boolean going = phase == Phase.SENDING || phase == Phase.READING;
    Integer percent = file.percent();
    return line(
        ikon(phase),
        file.name() + " from " + file.source(),
        file.words(),
        going ? bar(percent == null ? null : percent / 100.0) : null,
        phase.isOver()
            ? close("importClose-" + file.number(), () -> model.imports().forget(file))
            : null,
        phase == Phase.FAILED
            ? Sections.action(
                "importAgain-" + file.number(), "Try again", () -> model.imports().tryAgain(file))
            : null);
  }

  private static Ikon ikon(Phase phase) {
    return switch (phase) {
      case WAITING -> Feather.CLOCK;
      case SENDING, READING -> Feather.UPLOAD;
      case DONE -> Feather.CHECK_CIRCLE;
      case QUARANTINED -> Feather.ALERT_TRIANGLE;
      case FAILED -> Feather.X_CIRCLE;
    };
  }

  private static ProgressBar bar(@Nullable Double share) {
    ProgressBar bar = new ProgressBar(share == null ? ProgressBar.INDETERMINATE_PROGRESS : share);
    bar.setPrefWidth(140);
    bar.setAccessibleText("Progress");
    return bar;
  }

  private static Button close(String id, Runnable run) {
    Button close = new Button(null, Icons.of(Feather.X, "Close"));
    close.setId(id);
    close.setAccessibleText("Close");
    close.getStyleClass().addAll("button-icon", "flat", "small");
    close.setOnAction(event -> run.run());
    return close;
  }

  private static HBox line(
      Ikon ikon,
      String what,
      String words,
      @Nullable Node bar,
      @Nullable Node close,
      @Nullable Node again) {
    Label name = new Label(what);
    name.getStyleClass().add("section-title");
    name.setMinWidth(USE_PREF_SIZE);
    Label said = Sections.wrapped(words, "work-words");
    said.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(said, Priority.ALWAYS);
    HBox line = new HBox(10, Icons.of(ikon, what), name);
    if (bar != null) {
      line.getChildren().add(bar);
    }
    line.getChildren().add(said);
    if (again != null) {
      line.getChildren().add(again);
    }
    if (close != null) {
      line.getChildren().add(close);
    }
    line.setAlignment(Pos.CENTER_LEFT);
    return line;
  }
}
