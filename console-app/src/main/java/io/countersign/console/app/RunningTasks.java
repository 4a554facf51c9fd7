package io.countersign.console.app;

import atlantafx.base.controls.Popover;
import io.countersign.console.client.RunningTask;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.concurrent.Task;
import javafx.scene.Node;
import org.controlsfx.control.TaskProgressView;

/// Everything that is under way, each with a button that stops waiting for it.
final class RunningTasks {

  private final ObservableList<RunningTask> running;
  private final TaskProgressView<Watched> view = new TaskProgressView<>();
  private final Popover popover = new Popover(view);
  private final ListChangeListener<RunningTask> follow = change -> follow(change);

  /// @param running changes on the screen's thread
  RunningTasks(ObservableList<RunningTask> running) {
    this.running = running;
    view.setId("runningTasks");
    view.setPrefSize(380, 220);
    popover.setTitle("Running");
    popover.setHeaderAlwaysVisible(true);
    popover.setDetachable(false);
    popover.setArrowLocation(Popover.ArrowLocation.BOTTOM_RIGHT);
    popover.setOnHidden(event -> forget());
  }

  void show(Node beside) {
    if (!popover.isShowing()) {
      running.addListener(follow);
      watch(running);
      popover.show(beside);
    }
  }

  private void follow(ListChangeListener.Change<? extends RunningTask> change) {
    while (change.next()) {
      watch(change.getAddedSubList());
    }
  }

  private void watch(List<? extends RunningTask> tasks) {
    for (RunningTask task : tasks) {
      Watched watched = new Watched(task);
      view.getTasks().add(watched);
      Thread.ofVirtual().start(watched);
    }
  }

  private void forget() {
    running.removeListener(follow);
    view.getTasks().clear();
  }

  /// A call under way, as the view wants to have it.
  static final class Watched extends Task<Void> {

    private final RunningTask task;

    Watched(RunningTask task) {
      this.task = task;
      updateTitle(task.label());
    }

    @Override
    protected Void call() throws InterruptedException {
      task.awaitEnd();
      return null;
    }

    @Override
    protected void cancelled() {
      task.cancel();
    }
  }
}
