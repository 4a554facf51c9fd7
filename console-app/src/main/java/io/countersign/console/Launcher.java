package io.countersign.console;

import io.countersign.console.app.ConsoleApplication;
import javafx.application.Application;

/// The main class. It is no [Application] itself: only so does JavaFX start from the class path.
public final class Launcher {

  private Launcher() {}

  public static void main(String[] arguments) {
    Application.launch(ConsoleApplication.class, arguments);
  }
}
