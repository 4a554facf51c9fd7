package io.countersign.console.signin;

import io.countersign.console.ui.Fxml;
import javafx.application.Platform;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextField;

/// The form one starts with.
public final class SignInView {

  private static final PseudoClass WRONG = PseudoClass.getPseudoClass("danger");

  private final SignInViewModel model;
  private final Parent root;

  @FXML private Label serverName;
  @FXML private Label usernameName;
  @FXML private Label passwordName;
  @FXML private ComboBox<String> server;
  @FXML private TextField username;
  @FXML private PasswordField password;
  @FXML private Label message;
  @FXML private Button signIn;
  @FXML private ProgressIndicator progress;

  public SignInView(SignInViewModel model) {
    this.model = model;
    this.root = Fxml.load(this);
  }

  public Parent root() {
    return root;
  }

  @FXML
  private void initialize() {
    // Not in the FXML: a reference to what comes further down is silently nothing there.
    serverName.setLabelFor(server);
    usernameName.setLabelFor(username);
    passwordName.setLabelFor(password);
    server.getItems().setAll(model.knownServers());
    server.getEditor().textProperty().bindBidirectional(model.serverProperty());
    username.textProperty().bindBidirectional(model.usernameProperty());
    password.textProperty().bindBidirectional(model.passwordProperty());
    message.textProperty().bind(model.messageProperty());
    message.visibleProperty().bind(model.messageProperty().isNotEmpty());
    message.managedProperty().bind(message.visibleProperty());
    signIn.disableProperty().bind(model.busyProperty());
    progress.visibleProperty().bind(model.busyProperty());
    model
        .passwordRefusedProperty()
        .subscribe(
            wrong -> {
              password.pseudoClassStateChanged(WRONG, wrong);
              if (wrong) {
                password.requestFocus();
                password.selectAll();
              }
            });
    Platform.runLater(
        username.getText().isEmpty() ? username::requestFocus : password::requestFocus);
  }

  @FXML
  private void signIn() {
    model.signIn();
  }
}
