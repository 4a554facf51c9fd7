package io.countersign.console.signin;

import io.countersign.client.LedgerClient;
import io.countersign.client.NoAnswer;
import io.countersign.client.ProblemAnswer;
import io.countersign.console.client.Failure;
import io.countersign.console.client.TaskRunner;
import io.countersign.model.identity.Profile;
import io.countersign.model.identity.Session;
import io.countersign.model.identity.SessionRequest;
import java.net.URI;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// Lets the person back in whose window it is, and nobody else. The server checks the password and
/// begins a new session, which takes the place of the old one whether that still lives or not.
public final class UnlockViewModel {

  private static final System.Logger LOG = System.getLogger(UnlockViewModel.class.getName());

  private final SignedIn who;
  private final TaskRunner tasks;
  private final Function<URI, LedgerClient> clients;
  private final Consumer<Profile> unlocked;
  private final StringProperty password = new SimpleStringProperty("");
  private final ReadOnlyStringWrapper message;
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();

  /// @param reason why it is locked
  /// @param unlocked is given who they are now: their rights may have changed meanwhile
  public UnlockViewModel(
      SignedIn who,
      String reason,
      TaskRunner tasks,
      Function<URI, LedgerClient> clients,
      Consumer<Profile> unlocked) {
    this.who = who;
    this.tasks = tasks;
    this.clients = clients;
    this.unlocked = unlocked;
    this.message = new ReadOnlyStringWrapper(reason);
  }

  public String displayName() {
    return who.profile().displayName();
  }

  public StringProperty passwordProperty() {
    return password;
  }

  public ReadOnlyStringProperty messageProperty() {
    return message.getReadOnlyProperty();
  }

  public ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  public void unlock() {
    if (busy.get()) {
      return;
    }
    if (password.get().isEmpty()) {
      message.set("Write your password.");
      return;
    }
    busy.set(true);
    SessionRequest request = new SessionRequest(who.profile().username(), password.get(), null);
    tasks.run(
        "Unlocking",
        () -> renew(request),
        session -> {
          busy.set(false);
          password.set("");
          unlocked.accept(session.user());
        },
        this::refuse);
  }

  private Session renew(SessionRequest request) {
    try (LedgerClient fresh = clients.apply(who.client().server())) {
      Session session = fresh.signIn(request);
      endOld();
      who.client().authorize(session.token());
      return session;
    }
  }

  private void endOld() {
    try {
      who.client().signOut();
    } catch (ProblemAnswer | NoAnswer ended) {
      LOG.log(System.Logger.Level.DEBUG, "the old session had ended already", ended);
    }
  }

  private void refuse(Failure failure) {
    busy.set(false);
    password.set("");
    message.set(
        switch (failure.kind()) {
          case SIGNED_OUT -> "The password is wrong.";
          case UNREACHABLE ->
              "The server does not answer, so nobody can check your password. Try again in a"
                  + " moment; your work is kept.";
          case REFUSED, CANCELLED, BUG -> failure.message();
        });
  }
}
