package io.countersign.console.ui;

import javafx.scene.control.Button;
import javafx.scene.layout.FlowPane;
import org.kordamp.ikonli.feather.Feather;

/// The filters in force, each with a way out of it.
public final class Chips extends FlowPane {

  public Chips() {
    getStyleClass().add("chips");
    managedProperty().bind(visibleProperty());
    setVisible(false);
  }

  public void clear() {
    getChildren().clear();
    setVisible(false);
  }

  /// @param remove takes the filter away
  public void add(String text, Runnable remove) {
    Button chip = new Button(text, Icons.of(Feather.X, "Remove this filter"));
    chip.getStyleClass().add("chip");
    chip.setOnAction(event -> remove.run());
    getChildren().add(chip);
    setVisible(true);
  }
}
