package io.countersign.console.app;

import io.countersign.console.signin.SignInViewModel.Prefilled;
import io.countersign.console.ui.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import javafx.application.Application;
import javafx.stage.Stage;

/// Starts the window. Read at the start, each also as an environment variable: `countersign.server`
/// (`COUNTERSIGN_SERVER`) and `countersign.user` (`COUNTERSIGN_USER`) fill in the sign-in form,
/// `countersign.home` (`COUNTERSIGN_HOME`) is where the settings are kept, `countersign.lock`
/// (`COUNTERSIGN_LOCK`) after how many minutes without a key or a mouse the window locks itself: 1
/// to 480, 15 by default.
public final class ConsoleApplication extends Application {

  private static final int LOCK_MINUTES_MAX = 480;
  private static final Duration LOCK_USUALLY = Duration.ofMinutes(15);

  @Override
  public void start(Stage stage) {
    Path home = Path.of(setting("home", System.getProperty("user.home") + "/.countersign"));
    ConsoleWindow window =
        new ConsoleWindow(
            stage,
            new Settings(home.resolve("console.properties")),
            new Prefilled(setting("server", ""), setting("user", "")),
            Clock.system(ZoneId.systemDefault()),
            Locale.getDefault(),
            lockAfter(setting("lock", "")));
    Thread.setDefaultUncaughtExceptionHandler(window::report);
    stage.setOnHidden(event -> window.close());
    window.open();
  }

  /// Nothing that is written turns the lock off: what is no such number means the default.
  static Duration lockAfter(String minutes) {
    boolean fits =
        minutes.matches("[1-9]\\d{0,2}") && Integer.parseInt(minutes) <= LOCK_MINUTES_MAX;
    return fits ? Duration.ofMinutes(Integer.parseInt(minutes)) : LOCK_USUALLY;
  }

  private static String setting(String name, String otherwise) {
    String environment = System.getenv("COUNTERSIGN_" + name.toUpperCase(Locale.ROOT));
    return System.getProperty("countersign." + name, environment == null ? otherwise : environment);
  }
}
