package io.countersign.console.ui;

import javafx.scene.control.Label;

/// A state as a coloured pill with its name.
public final class Badge extends Label {

  public Badge() {
    getStyleClass().add("state-badge");
  }

  public Badge(String text, Tone tone) {
    this();
    show(text, tone);
  }

  public void show(String text, Tone tone) {
    setText(text);
    getStyleClass().removeIf(name -> name.startsWith("tone-"));
    getStyleClass().add(tone.styleClass());
  }
}
