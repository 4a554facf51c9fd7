package io.countersign.console.client;

import io.countersign.client.NoAnswer;
import io.countersign.client.ProblemAnswer;
import java.time.Duration;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;

/// Whether the server can be reached. Once lost, it is asked again with growing pauses until it
/// answers; then [Fact#CONNECTION_RESTORED] is published.
public final class Connection {

  private static final Duration PAUSE_MAX = Duration.ofSeconds(30);

  private final Runnable ping;
  private final Duration firstPause;
  private final Executor background;
  private final Executor screen;
  private final Facts facts;
  private final ReadOnlyBooleanWrapper lost = new ReadOnlyBooleanWrapper();
  private volatile boolean closed;

  /// @param ping any harmless call; throws when there is no answer
  public Connection(
      Runnable ping, Duration firstPause, Executor background, Executor screen, Facts facts) {
    this.ping = ping;
    this.firstPause = firstPause;
    this.background = background;
    this.screen = screen;
    this.facts = facts;
  }

  public ReadOnlyBooleanProperty lostProperty() {
    return lost.getReadOnlyProperty();
  }

  public boolean isLost() {
    return lost.get();
  }

  /// Call on the screen's thread.
  public void lose() {
    if (!lost.get() && !closed) {
      lost.set(true);
      background.execute(this::waitForIt);
    }
  }

  public void close() {
    closed = true;
  }

  private void waitForIt() {
    Duration pause = firstPause;
    while (!closed) {
      try {
        Thread.sleep(pause);
        ping.run();
        screen.execute(this::restore);
        return;
      } catch (NoAnswer stillSilent) {
        pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
      } catch (ProblemAnswer refused) {
        if (refused.status() != 503) {
          screen.execute(this::restore);
          return;
        }
        pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void restore() {
    lost.set(false);
    facts.publish(Fact.CONNECTION_RESTORED);
  }
}
