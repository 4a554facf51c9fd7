package io.countersign.console.ui;

import java.time.Duration;
import java.time.Instant;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.scene.control.Label;

/// How long until something happens, counted down as long as it can be seen.
public final class Countdown extends Label {

  // The server is asked a little later than it acts, and not without pause while it is late.
  private static final Duration LATE = Duration.ofSeconds(2);
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final Instant until;
  private final Days days;
  private final Runnable due;
  private final Instant dueAt;
  private final javafx.animation.Timeline ticks =
      new javafx.animation.Timeline(new KeyFrame(javafx.util.Duration.seconds(1), event -> tick()));
  private boolean told;

  /// @param due runs once, shortly after the time has come
  public Countdown(Instant until, Days days, Runnable due) {
    this.until = until;
    this.days = days;
    this.due = due;
    this.dueAt = isPast() ? days.now().plus(AGAIN) : until.plus(LATE);
    getStyleClass().add("countdown");
    ticks.setCycleCount(Animation.INDEFINITE);
    tick();
    sceneProperty()
        .subscribe(
            scene -> {
              if (scene == null) {
                ticks.stop();
              } else {
                ticks.play();
              }
            });
  }

  private boolean isPast() {
    return !days.now().isBefore(until);
  }

  private void tick() {
    setText(isPast() ? "any moment now" : "in " + Days.span(Duration.between(days.now(), until)));
    if (!told && !days.now().isBefore(dueAt)) {
      told = true;
      due.run();
    }
  }
}
