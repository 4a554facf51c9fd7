package io.countersign.console.testing;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Listens for what no test may cause: uncaught exceptions, and warnings of JavaFX such as those
/// about style sheets.
final class Noise extends Handler {

  private static final Logger JAVAFX = Logger.getLogger("javafx");
  private static final Noise LISTENER = new Noise();

  private final Queue<String> heard = new ConcurrentLinkedQueue<>();

  private Noise() {}

  static void listen() {
    JAVAFX.removeHandler(LISTENER);
    JAVAFX.addHandler(LISTENER);
    LISTENER.heard.clear();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, mistake) -> {
          mistake.printStackTrace();
          LISTENER.heard.add(thread + ": " + mistake);
        });
  }

  static Queue<String> heard() {
    return LISTENER.heard;
  }

  @Override
  public void publish(LogRecord said) {
    if (said.getLevel().intValue() >= Level.WARNING.intValue()) {
      heard.add(said.getLoggerName() + ": " + said.getMessage() + " " + said.getThrown());
    }
  }

  @Override
  public void flush() {
    // Nothing is kept back.
  }

  @Override
  public void close() {
    // Nothing to let go.
  }
}
