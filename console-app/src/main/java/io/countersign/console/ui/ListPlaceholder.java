package io.countersign.console.ui;

import io.countersign.console.client.Failure;
import io.countersign.console.client.ListPhase;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// What a table shows when it has no rows: that they are coming, that there are none, or that they
/// could not be had.
final class ListPlaceholder extends VBox {

  private final String what;
  private final Runnable retry;

  ListPlaceholder(String what, Runnable retry) {
    this.what = what;
    this.retry = retry;
    setAlignment(Pos.CENTER);
    getStyleClass().add("list-placeholder");
  }

  void show(ListPhase phase, @Nullable Failure failure) {
    switch (phase) {
      case LOADING, READY -> loading();
      case EMPTY -> empty();
      case FAILED -> failed(failure == null ? "" : failure.message());
    }
  }

  private void loading() {
    ProgressIndicator progress = new ProgressIndicator();
    progress.setMaxSize(28, 28);
    getChildren().setAll(progress, line("Loading " + what + "…", "muted"));
  }

  private void empty() {
    getChildren()
        .setAll(
            Icons.of(Feather.INBOX, "Nothing here"),
            line("No " + what, "placeholder-title"),
            line("Nothing answers these filters.", "muted"));
  }

  private void failed(String message) {
    Button again = new Button("Try again");
    again.setId("retry-" + what.toLowerCase(Locale.ROOT).replace(' ', '-'));
    again.setOnAction(event -> retry.run());
    Label title = line("Could not load " + what, "placeholder-title");
    title.getStyleClass().add("failed");
    getChildren()
        .setAll(Icons.of(Feather.ALERT_TRIANGLE, "Failed"), title, line(message, "muted"), again);
  }

  private static Label line(String text, String styleClass) {
    Label label = new Label(text);
    label.setWrapText(true);
    label.getStyleClass().add(styleClass);
    return label;
  }
}
