package io.countersign.console.client;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A question that is asked again and again, of which only the last answer matters: a late answer
/// to an old one is dropped, and the old one is cancelled.
public final class Latest {

  private final TaskRunner tasks;
  private long asked;
  private @Nullable RunningTask current;

  public Latest(TaskRunner tasks) {
    this.tasks = tasks;
  }

  public <T> void ask(String label, Supplier<T> work, Consumer<T> done, Consumer<Failure> failed) {
    forget();
    long mine = asked;
    current =
        tasks.run(
            label,
            work,
            answer -> {
              if (mine == asked) {
                done.accept(answer);
              }
            },
            failure -> {
              if (mine == asked) {
                failed.accept(failure);
              }
            });
  }

  /// Drops whatever answer is still to come.
  public void forget() {
    asked++;
    RunningTask old = current;
    current = null;
    if (old != null) {
      old.cancel();
    }
  }
}
