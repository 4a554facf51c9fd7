package io.countersign.console.ui;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Objects;
import javafx.fxml.FXMLLoader;
import javafx.scene.Parent;

/// Loads `XView.fxml` for a controller that has already been made, with all it needs.
public final class Fxml {

  private Fxml() {}

  /// @param controller its class names the file beside it
  public static Parent load(Object controller) {
    Class<?> type = controller.getClass();
    URL file =
        Objects.requireNonNull(
            type.getResource(type.getSimpleName() + ".fxml"), "no FXML beside " + type);
    FXMLLoader loader = new FXMLLoader(file);
    loader.setControllerFactory(
        asked -> {
          if (asked != type) {
            throw new IllegalStateException(file + " names " + asked + " as its controller");
          }
          return controller;
        });
    try {
      return loader.load();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
