package io.countersign.console.signin;

import io.countersign.client.LedgerClient;
import io.countersign.console.client.Failure;
import io.countersign.console.client.TaskRunner;
import io.countersign.console.ui.Settings;
import io.countersign.model.identity.SessionRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// Signs in, and says plainly what went wrong.
public final class SignInViewModel {

  private static final String USUAL_SERVER = "http://localhost:8080";

  private final Settings settings;
  private final TaskRunner tasks;
  private final Function<URI, LedgerClient> clients;
  private final Consumer<SignedIn> signedIn;
  private final StringProperty server;
  private final StringProperty username;
  private final StringProperty password = new SimpleStringProperty("");
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
  private final BooleanProperty passwordRefused = new SimpleBooleanProperty();

  public SignInViewModel(
      Settings settings,
      Prefilled prefilled,
      TaskRunner tasks,
      Function<URI, LedgerClient> clients,
      Consumer<SignedIn> signedIn) {
    this.settings = settings;
    this.tasks = tasks;
    this.clients = clients;
    this.signedIn = signedIn;
    String remembered = settings.servers().stream().findFirst().orElse(USUAL_SERVER);
    server =
        new SimpleStringProperty(prefilled.server().isBlank() ? remembered : prefilled.server());
    username =
        new SimpleStringProperty(prefilled.user().isBlank() ? settings.user() : prefilled.user());
  }

  /// What whoever starts the console fills in beforehand; empty for nothing.
  public record Prefilled(String server, String user) {}

  public StringProperty serverProperty() {
    return server;
  }

  public StringProperty usernameProperty() {
    return username;
  }

  public StringProperty passwordProperty() {
    return password;
  }

  public ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  /// What went wrong; empty when nothing did.
  public ReadOnlyStringProperty messageProperty() {
    return message.getReadOnlyProperty();
  }

  /// Set while the password that was typed is known to be wrong.
  public BooleanProperty passwordRefusedProperty() {
    return passwordRefused;
  }

  public List<String> knownServers() {
    return settings.servers();
  }

  public void say(String words) {
    message.set(words);
  }

  public void signIn() {
    if (busy.get()) {
      return;
    }
    String missing = missing();
    URI address = address();
    if (!missing.isEmpty() || address == null) {
      message.set(
          missing.isEmpty()
              ? "'" + server.get() + "' is not an address; write one such as " + USUAL_SERVER + "."
              : missing);
      return;
    }
    busy.set(true);
    message.set("");
    passwordRefused.set(false);
    LedgerClient client = clients.apply(address);
    SessionRequest request = new SessionRequest(username.get().strip(), password.get(), null);
    tasks.run(
        "Signing in",
        () -> new SignedIn(client, client.signIn(request).user()),
        this::welcome,
        failure -> refuse(client, failure));
  }

  private String missing() {
    if (username.get().isBlank()) {
      return "Write your user name.";
    }
    return password.get().isEmpty() ? "Write your password." : "";
  }

  private @Nullable URI address() {
    String text = server.get().strip();
    try {
      URI address = new URI(text.contains("://") ? text : "http://" + text);
      boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      return http && address.getHost() != null ? address : null;
    } catch (URISyntaxException unreadable) {
      return null;
    }
  }

  private void welcome(SignedIn who) {
    busy.set(false);
    password.set("");
    if (who.profile().grants().isEmpty()) {
      message.set("You are signed in, but no ledger has been opened to you. Ask an administrator.");
      who.client().close();
      return;
    }
    settings.rememberServer(who.client().server().toString());
    settings.rememberUser(who.profile().username());
    signedIn.accept(who);
  }

  private void refuse(LedgerClient client, Failure failure) {
    client.close();
    busy.set(false);
    switch (failure.kind()) {
      case SIGNED_OUT -> {
        passwordRefused.set(true);
        message.set("The user name or the password is wrong.");
      }
      case UNREACHABLE ->
          message.set(
              failure.slug().isEmpty()
                  ? "Nothing answers at "
                      + client.server()
                      + ". Is the address right, and is the server running?"
                  : "The server is not ready yet; try again in a moment.");
      case REFUSED, CANCELLED, BUG -> message.set(failure.message());
    }
  }
}
