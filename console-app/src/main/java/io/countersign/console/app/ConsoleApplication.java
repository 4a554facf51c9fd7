package io.countersign.console.app;

import io.countersign.console.signin.SignInViewModel.Prefilled;
import io.countersign.console.ui.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Locale;
import javafx.application.Application;
import javafx.stage.Stage;

/// Starts the window. Read at the start, each also as an environment variable: `countersign.server`
/// (`COUNTERSIGN_SERVER`) and `countersign.user` (`COUNTERSIGN_USER`) fill in the sign-in form,
/// `countersign.home` (`COUNTERSIGN_HOME`) is where the settings are kept.
public final class ConsoleApplication extends Application {

  @Override
  public void start(Stage stage) {
    Path home = Path.of(setting("home", System.getProperty("user.home") + "/.countersign"));
    ConsoleWindow window =
        new ConsoleWindow(
            stage,
            new Settings(home.resolve("console.properties")),
            new Prefilled(setting("server", ""), setting("user", "")),
            Clock.system(ZoneId.systemDefault()),
            Locale.getDefault());
    Thread.setDefaultUncaughtExceptionHandler(window::report);
    stage.setOnHidden(event -> window.close());
    window.open();
  }

  private static String setting(String name, String otherwise) {
    String environment = System.getenv("COUNTERSIGN_" + name.toUpperCase(Locale.ROOT));
    return System.getProperty("countersign." + name, environment == null ? otherwise : environment);
  }
}
