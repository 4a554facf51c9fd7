package io.countersign.console.app;

import io.countersign.client.LedgerClient;
import io.countersign.client.NoAnswer;
import io.countersign.client.ProblemAnswer;
import io.countersign.client.Retries;
import io.countersign.console.client.Connection;
import io.countersign.console.client.Facts;
import io.countersign.console.client.Failure;
import io.countersign.console.client.TaskRunner;
import io.countersign.console.client.Workplace;
import io.countersign.console.signin.SignInView;
import io.countersign.console.signin.SignInViewModel;
import io.countersign.console.signin.SignInViewModel.Prefilled;
import io.countersign.console.signin.SignedIn;
import io.countersign.console.signin.UnlockView;
import io.countersign.console.signin.UnlockViewModel;
import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.Days;
import io.countersign.console.ui.Settings;
import io.countersign.console.ui.Theme;
import io.countersign.model.UuidV7;
import io.countersign.model.identity.Profile;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.PopupWindow;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/// The one window: the sign-in form, then the shell with the screens of one ledger.
public final class ConsoleWindow {

  private static final System.Logger LOG = System.getLogger(ConsoleWindow.class.getName());

  private final Stage stage;
  private final Settings settings;
  private final Prefilled prefilled;
  private final Clock clock;
  private final Locale locale;
  private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
  private final UuidV7 ids;
  private final Scene scene = new Scene(new StackPane(), 1366, 768);
  private final Theme theme;
  private final IdleLock idle;
  private @Nullable Shell shell;
  private @Nullable SignedIn signedIn;
  private @Nullable Connection connection;
  private @Nullable Node focusBefore;
  private boolean locked;

  /// @param lockAfter how long nobody may touch it before it locks itself
  public ConsoleWindow(
      Stage stage,
      Settings settings,
      Prefilled prefilled,
      Clock clock,
      Locale locale,
      Duration lockAfter) {
    this.stage = stage;
    this.settings = settings;
    this.prefilled = prefilled;
    this.clock = clock;
    this.locale = locale;
    this.ids = new UuidV7(clock);
    this.theme = new Theme(settings, scene);
    this.idle = new IdleLock(scene, clock, lockAfter, () -> lock(""));
  }

  public void open() {
    askWho("");
    stage.setTitle("Countersign");
    stage.setMinWidth(960);
    stage.setMinHeight(600);
    stage.setScene(scene);
    stage.show();
  }

  /// A mistake of the console's own: it is logged, and said where it can be seen.
  public void report(Thread thread, Throwable mistake) {
    LOG.log(System.Logger.Level.ERROR, "mistake on " + thread, mistake);
    Platform.runLater(
        () -> {
          if (shell != null) {
            shell.say("Something went wrong in the console (" + mistake.getMessage() + ").");
          }
        });
  }

  public void close() {
    idle.disarm();
    settings.write();
    if (shell != null) {
      shell.stop();
    }
    if (connection != null) {
      connection.close();
    }
    if (signedIn != null) {
      signedIn.client().close();
    }
    background.shutdownNow();
  }

  private void askWho(String message) {
    TaskRunner tasks = new TaskRunner(background, Platform::runLater);
    SignInViewModel model =
        new SignInViewModel(settings, prefilled, tasks, this::client, this::welcome);
    model.say(message);
    show(new SignInView(model).root());
  }

  private LedgerClient client(URI server) {
    return new LedgerClient(server, Retries.BRISK, clock);
  }

  private void welcome(SignedIn who) {
    signedIn = who;
    String first =
        who.profile().grants().stream()
            .map(io.countersign.model.identity.Grant::ledger)
            .filter("main"::equals)
            .findFirst()
            .orElse(who.profile().grants().getFirst().ledger());
    openLedger(who, first);
  }

  private void openLedger(SignedIn who, String ledger) {
    if (connection != null) {
      connection.close();
    }
    if (shell != null) {
      shell.stop();
    }
    Facts facts = new Facts();
    TaskRunner tasks = new TaskRunner(background, Platform::runLater);
    Connection fresh =
        new Connection(
            () -> who.client().me(), Duration.ofSeconds(1), background, Platform::runLater, facts);
    connection = fresh;
    tasks.onFailure(failure -> heed(fresh, failure));
    Workplace workplace =
        new Workplace(
            who.client().books(ledger), who.profile(), ledger, tasks, facts, fresh, ids, clock);
    shell =
        new Shell(
            workplace,
            who.client().server(),
            new Amounts(locale),
            new Days(clock, locale),
            theme,
            settings,
            new Shell.Exits(other -> openLedger(who, other), () -> lock(""), this::signOut));
    show(shell.root());
    shell.start();
    idle.arm();
  }

  private void heed(Connection of, Failure failure) {
    if (failure.kind() == Failure.Kind.UNREACHABLE) {
      of.lose();
    } else if (failure.kind() == Failure.Kind.SIGNED_OUT && of == connection) {
      lock("Your session has ended. Write your password to go on where you were.");
    }
  }

  /// Everything is put out of sight as it is, drafts included; what is running goes on.
  private void lock(String reason) {
    Shell open = shell;
    SignedIn who = signedIn;
    if (open == null || who == null || locked) {
      return;
    }
    locked = true;
    idle.disarm();
    open.rest();
    focusBefore = scene.getFocusOwner();
    List.copyOf(Window.getWindows()).stream()
        .filter(PopupWindow.class::isInstance)
        .forEach(Window::hide);
    UnlockViewModel model =
        new UnlockViewModel(
            who,
            reason,
            new TaskRunner(background, Platform::runLater),
            this::client,
            profile -> unlock(who, profile));
    show(new UnlockView(model, this::signOut).root());
  }

  private void unlock(SignedIn who, Profile profile) {
    Shell open = shell;
    locked = false;
    if (open == null || !profile.equals(who.profile())) {
      welcome(new SignedIn(who.client(), profile));
      return;
    }
    show(open.root());
    open.resume();
    idle.arm();
    if (focusBefore != null) {
      focusBefore.requestFocus();
      focusBefore = null;
    }
  }

  private void signOut() {
    SignedIn who = signedIn;
    if (who != null) {
      background.execute(() -> endSession(who));
    }
    signedIn = null;
    leave("");
  }

  private static void endSession(SignedIn who) {
    try {
      who.client().signOut();
    } catch (ProblemAnswer | NoAnswer unheard) {
      LOG.log(System.Logger.Level.INFO, "the session was not ended at the server", unheard);
    } finally {
      who.client().close();
    }
  }

  private void leave(String message) {
    idle.disarm();
    locked = false;
    focusBefore = null;
    if (connection != null) {
      connection.close();
      connection = null;
    }
    if (shell != null) {
      shell.stop();
      shell = null;
    }
    askWho(message);
  }

  private void show(Parent root) {
    scene.setRoot(root);
    theme.apply();
  }
}
