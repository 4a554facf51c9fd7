package io.countersign.console.app;

import io.countersign.console.ui.Days;
import io.countersign.console.ui.Overlay;
import io.countersign.console.ui.Sections;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.DatePicker;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Asks for an accounting day and goes there.
final class GoToDay extends VBox {

  private final DatePicker day;
  private final Overlay overlay;
  private final Consumer<LocalDate> go;

  GoToDay(Overlay overlay, LocalDate today, Days days, Consumer<LocalDate> go) {
    this.overlay = overlay;
    this.go = go;
    setId("goToDay");
    getStyleClass().add("action-form");
    setMaxHeight(USE_PREF_SIZE);
    Label title = new Label("Go to a day");
    title.getStyleClass().add("form-title");
    day = new DatePicker(today);
    day.setId("goToDay-day");
    day.setMaxWidth(Double.MAX_VALUE);
    Label name = new Label("Accounting day");
    name.setLabelFor(day);
    name.getStyleClass().add("field-name");
    Label problem = Sections.wrapped("", "field-problem");
    problem
        .textProperty()
        .bind(
            day.getEditor()
                .textProperty()
                .map(
                    text ->
                        read() == null
                            ? "Write a day such as " + day.getConverter().toString(today) + "."
                            : ""));
    VBox field = new VBox(name, day, problem);
    field.getStyleClass().add("form-field");
    Button cancel = new Button("Cancel");
    cancel.setCancelButton(true);
    cancel.setOnAction(event -> overlay.hide());
    Button show = new Button();
    show.setId("goToDay-confirm");
    show.setDefaultButton(true);
    show.getStyleClass().add("accent");
    show.textProperty()
        .bind(day.getEditor().textProperty().map(text -> "Show " + days.day(read())));
    show.disableProperty().bind(day.getEditor().textProperty().map(text -> read() == null));
    show.setOnAction(event -> leave());
    // Before the picker: one Enter is enough.
    day.addEventFilter(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode() == KeyCode.ENTER && !day.isShowing()) {
            leave();
            event.consume();
          }
        });
    HBox buttons = new HBox(cancel, show);
    buttons.setAlignment(Pos.CENTER_RIGHT);
    buttons.getStyleClass().add("form-buttons");
    getChildren()
        .addAll(
            title,
            Sections.wrapped("The journal is listed from that day on.", "muted"),
            field,
            buttons);
  }

  /// What is written, whether it has been committed or not; null when it is no day.
  private @Nullable LocalDate read() {
    try {
      return day.getConverter().fromString(day.getEditor().getText());
    } catch (DateTimeParseException noDay) {
      return null;
    }
  }

  private void leave() {
    LocalDate chosen = read();
    if (chosen != null) {
      overlay.hide();
      go.accept(chosen);
    }
  }
}
