package io.countersign.console.client;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Carries facts between screens that do not know each other. On the screen's thread only.
public final class Facts {

  private final List<Consumer<Fact>> listeners = new ArrayList<>();

  public void listen(Consumer<Fact> listener) {
    listeners.add(listener);
  }

  public void publish(Fact fact) {
    List.copyOf(listeners).forEach(listener -> listener.accept(fact));
  }
}
