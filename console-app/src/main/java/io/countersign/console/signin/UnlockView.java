package io.countersign.console.signin;

import io.countersign.console.ui.Fxml;
import javafx.application.Platform;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.ProgressIndicator;

/// What is shown in place of everything while the window is locked.
public final class UnlockView {

  private final UnlockViewModel model;
  private final Runnable leave;
  private final Parent root;

  @FXML private Label unlockPasswordName;
  @FXML private Label lockedFor;
  @FXML private PasswordField unlockPassword;
  @FXML private Label unlockMessage;
  @FXML private Button unlock;
  @FXML private ProgressIndicator unlockProgress;

  /// @param leave gives up what was being done, for somebody else to sign in
  public UnlockView(UnlockViewModel model, Runnable leave) {
    this.model = model;
    this.leave = leave;
    this.root = Fxml.load(this);
  }

  public Parent root() {
    return root;
  }

  @FXML
  private void initialize() {
    // Not in the FXML: a reference to what comes further down is silently nothing there.
    unlockPasswordName.setLabelFor(unlockPassword);
    lockedFor.setText("Locked for " + model.displayName());
    unlockPassword.textProperty().bindBidirectional(model.passwordProperty());
    unlockMessage.textProperty().bind(model.messageProperty());
    unlockMessage.visibleProperty().bind(model.messageProperty().isNotEmpty());
    unlockMessage.managedProperty().bind(unlockMessage.visibleProperty());
    unlock.disableProperty().bind(model.busyProperty());
    unlockProgress.visibleProperty().bind(model.busyProperty());
    Platform.runLater(unlockPassword::requestFocus);
  }

  @FXML
  private void unlock() {
    model.unlock();
  }

  @FXML
  private void signOut() {
    leave.run();
  }
}
