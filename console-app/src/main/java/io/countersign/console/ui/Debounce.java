package io.countersign.console.ui;

import javafx.animation.PauseTransition;
import javafx.scene.control.TextField;
import javafx.util.Duration;

/// Waits until somebody has stopped typing, so that not every letter asks the server.
public final class Debounce {

  private static final Duration PAUSE = Duration.millis(350);

  private Debounce() {}

  /// Enter asks at once.
  public static void typing(TextField field, Runnable ask) {
    PauseTransition pause = new PauseTransition(PAUSE);
    pause.setOnFinished(event -> ask.run());
    field.textProperty().addListener((property, before, now) -> pause.playFromStart());
    field.setOnAction(
        event -> {
          pause.stop();
          ask.run();
        });
  }
}
