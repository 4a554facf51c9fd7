package io.countersign.console.ui;

import io.countersign.console.client.Verdict;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.StackPane;

/// Puts a button behind a verdict: disabled, it says why. The tooltip hangs on a pane around the
/// button, since a disabled node gets no mouse.
public final class Gate extends StackPane {

  private final Tooltip reason = new Tooltip();
  private final Button button;
  // Held here: what a binding depends on holds it only weakly.
  private final ObservableValue<Verdict> verdict;

  public Gate(Button button, ObservableValue<Verdict> verdict) {
    super(button);
    this.button = button;
    this.verdict = verdict;
    setAlignment(Pos.CENTER_LEFT);
    setMaxWidth(USE_PREF_SIZE);
    getStyleClass().add("gate");
    verdict.subscribe(this::show);
  }

  Button button() {
    return button;
  }

  /// The sentence a person reads who wonders why the button is grey; empty when it is not.
  public String whyNot() {
    return verdict.getValue().whyNot();
  }

  private void show(Verdict verdict) {
    button.setDisable(!verdict.may());
    button.setAccessibleHelp(verdict.whyNot());
    reason.setText(verdict.whyNot());
    if (verdict.may()) {
      Tooltip.uninstall(this, reason);
    } else {
      Tooltip.install(this, reason);
    }
  }
}
