package io.countersign.console.planted.one;

import io.countersign.console.planted.two.OtherScreen;
import javafx.scene.control.Label;

/// Breaks two rules on purpose: it holds a node, and knows another screen.
public final class PlantedViewModel {

  private final Label label = new Label(OtherScreen.NAME);

  public Label label() {
    return label;
  }

  public OtherScreen other() {
    return new OtherScreen();
  }
}
