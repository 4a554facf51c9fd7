package io.countersign.console.ui;

import io.countersign.console.client.Verdict;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// Puts a button behind a verdict: disabled, it says why. The tooltip hangs on a pane around the
/// button, since a disabled node gets no mouse. An enabled one says its key there.
public final class Gate extends StackPane {

  private final Tooltip reason = new Tooltip();
  private final Button button;
  // Held here: what a binding depends on holds it only weakly.
  private final ObservableValue<Verdict> verdict;
  private @Nullable KeyCode key;

  public Gate(Button button, ObservableValue<Verdict> verdict) {
    super(button);
    this.button = button;
    this.verdict = verdict;
    setAlignment(Pos.CENTER_LEFT);
    setMaxWidth(USE_PREF_SIZE);
    getStyleClass().add("gate");
    verdict.subscribe(this::show);
  }

  /// @param letter pressed alone in the list or the detail, it does what the button does
  public Gate key(KeyCode letter) {
    key = letter;
    show(verdict.getValue());
    return this;
  }

  Button button() {
    return button;
  }

  @Nullable KeyCode key() {
    return key;
  }

  /// The sentence a person reads who wonders why the button is grey; empty when it is not.
  public String whyNot() {
    return verdict.getValue().whyNot();
  }

  private void show(Verdict verdict) {
    button.setDisable(!verdict.may());
    button.setAccessibleHelp(verdict.whyNot());
    KeyCode letter = key;
    reason.setText(verdict.may() && letter != null ? "Key: " + letter.getName() : verdict.whyNot());
    if (reason.getText().isEmpty()) {
      Tooltip.uninstall(this, reason);
    } else {
      Tooltip.install(this, reason);
    }
  }
}
