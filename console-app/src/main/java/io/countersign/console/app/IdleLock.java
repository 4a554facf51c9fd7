package io.countersign.console.app;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.Scene;
import javafx.scene.input.InputEvent;

/// Locks a window that nobody has touched for a while. It goes by the clock and not by a timer, so
/// that a machine that slept is locked before its first key is heard.
final class IdleLock {

  private static final javafx.util.Duration LOOK_EVERY = javafx.util.Duration.seconds(1);

  private final Clock clock;
  private final Duration after;
  private final Runnable lock;
  private final Timeline looking;
  private Instant touched;
  private boolean armed;

  /// @param lock on the screen's thread; once per [#arm]
  IdleLock(Scene scene, Clock clock, Duration after, Runnable lock) {
    this.clock = clock;
    this.after = after;
    this.lock = lock;
    this.touched = clock.instant();
    this.looking = new Timeline(new KeyFrame(LOOK_EVERY, event -> look()));
    looking.setCycleCount(Animation.INDEFINITE);
    scene.addEventFilter(InputEvent.ANY, this::touch);
  }

  void arm() {
    touched = clock.instant();
    armed = true;
    looking.play();
  }

  void disarm() {
    armed = false;
    looking.stop();
  }

  private void touch(InputEvent event) {
    if (armed && isOver()) {
      event.consume();
      look();
    } else {
      touched = clock.instant();
    }
  }

  private void look() {
    if (armed && isOver()) {
      disarm();
      lock.run();
    }
  }

  private boolean isOver() {
    return !clock.instant().isBefore(touched.plus(after));
  }
}
