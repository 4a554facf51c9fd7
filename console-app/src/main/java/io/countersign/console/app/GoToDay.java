package io.countersign.console.app;

import io.countersign.console.ui.Days;
import io.countersign.console.ui.Overlay;
import io.countersign.console.ui.Sections;
import java.time.LocalDate;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.DatePicker;
import javafx.scene.control.Label;
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
    Label title = new Label("Go to a day");
    title.getStyleClass().add("form-title");
    day = new DatePicker(today);
    day.setId("goToDay-day");
    day.setMaxWidth(Double.MAX_VALUE);
    Label name = new Label("Accounting day");
    name.setLabelFor(day);
    name.getStyleClass().add("field-name");
    VBox field = new VBox(name, day);
    field.getStyleClass().add("form-field");
    Button cancel = new Button("Cancel");
    cancel.setCancelButton(true);
    cancel.setOnAction(event -> overlay.hide());
    Button show = new Button();
    show.setId("goToDay-confirm");
    show.setDefaultButton(true);
    show.getStyleClass().add("accent");
    show.textProperty()
        .bind(
            Bindings.createStringBinding(
                () -> "Show " + days.day(day.getValue()), day.valueProperty()));
    show.disableProperty().bind(day.valueProperty().isNull());
    show.setOnAction(event -> leave(day.getValue()));
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

  private void leave(@Nullable LocalDate chosen) {
    if (chosen != null) {
      overlay.hide();
      go.accept(chosen);
    }
  }
}
