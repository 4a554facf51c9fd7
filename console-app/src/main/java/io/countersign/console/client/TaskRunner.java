package io.countersign.console.client;

import io.countersign.client.CallInterrupted;
import io.countersign.client.NoAnswer;
import io.countersign.client.ProblemAnswer;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// Runs everything that waits, so that nothing on the screen does. The one place where calls leave
/// the screen's thread and come back to it.
public final class TaskRunner {

  private final Executor background;
  private final Executor screen;
  private final ObservableList<RunningTask> running = FXCollections.observableArrayList();
  private Consumer<Failure> onFailure = failure -> {};

  /// @param background where work runs: a virtual thread each
  /// @param screen where results arrive: the thread of the screen
  public TaskRunner(Executor background, Executor screen) {
    this.background = background;
    this.screen = screen;
  }

  /// Everything under way; changed on the screen's thread only.
  public ObservableList<RunningTask> running() {
    return running;
  }

  /// @param listener is told of every failure, besides whoever asked
  public void onFailure(Consumer<Failure> listener) {
    onFailure = listener;
  }

  /// Call on the screen's thread; `done` or `failed` arrives there too.
  public <T> RunningTask run(
      String label, Supplier<T> work, Consumer<T> done, Consumer<Failure> failed) {
    RunningTask task = new RunningTask(label);
    running.add(task);
    background.execute(() -> perform(task, work, done, failed));
    return task;
  }

  private <T> void perform(
      RunningTask task, Supplier<T> work, Consumer<T> done, Consumer<Failure> failed) {
    task.runsOn(Thread.currentThread());
    try {
      T result = work.get();
      deliver(task, () -> done.accept(result));
    } catch (ProblemAnswer refused) {
      fail(task, Failure.of(refused), failed);
    } catch (NoAnswer silence) {
      fail(task, Failure.of(silence), failed);
    } catch (CallInterrupted interrupted) {
      fail(task, Failure.of(interrupted), failed);
    } catch (RuntimeException bug) {
      fail(task, Failure.of(bug), failed);
      throw bug;
    }
  }

  private void fail(RunningTask task, Failure failure, @Nullable Consumer<Failure> failed) {
    deliver(
        task,
        () -> {
          onFailure.accept(failure);
          if (failed != null) {
            failed.accept(failure);
          }
        });
  }

  private void deliver(RunningTask task, Runnable news) {
    screen.execute(
        () -> {
          running.remove(task);
          task.ended();
          news.run();
        });
  }
}
