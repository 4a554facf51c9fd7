package io.countersign.console.ui;

import io.countersign.console.client.Failure;
import io.countersign.console.client.ListModel;
import io.countersign.console.client.ListPhase;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.jspecify.annotations.Nullable;

/// One line that says what went wrong, above what was there before, with a way to try again.
public final class InlineFailure extends HBox {

  private final Label message = new Label();
  private final Button again = new Button("Try again");

  public InlineFailure() {
    getStyleClass().add("inline-failure");
    message.setWrapText(true);
    again.getStyleClass().add("small");
    again.setMinWidth(USE_PREF_SIZE);
    message.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(message, Priority.ALWAYS);
    managedProperty().bind(visibleProperty());
    setVisible(false);
    getChildren().addAll(message, again);
  }

  /// Speaks up when a refresh failed and older rows are still shown; an empty table says it itself.
  public void watch(ListModel<?> list) {
    again.setOnAction(event -> list.refresh());
    list.failureProperty()
        .subscribe(failure -> show(list.phaseProperty().get() == ListPhase.READY ? failure : null));
  }

  /// @param label of the button that does `then`
  public void watch(ObservableValue<@Nullable Failure> failure, String label, Runnable then) {
    again.setText(label);
    again.setOnAction(event -> then.run());
    failure.subscribe(this::show);
  }

  private void show(@Nullable Failure failure) {
    setVisible(failure != null);
    message.setText(failure == null ? "" : failure.message());
  }
}
