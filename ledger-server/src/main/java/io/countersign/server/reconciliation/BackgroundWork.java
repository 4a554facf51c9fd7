package io.countersign.server.reconciliation;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.countersign.model.id.RunId;
import java.time.Clock;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Promises work that some server will do, within the caller's transaction.
@Component
class BackgroundWork {

  static final String RUN_TASK = "reconciliation-run";
  static final String IMPORT_TASK = "statement-import";

  // Looked up when first used: the scheduler is made of the tasks, and they lead back here.
  private final ObjectProvider<SchedulerClient> scheduler;
  private final Clock clock;

  BackgroundWork(ObjectProvider<SchedulerClient> scheduler, Clock clock) {
    this.scheduler = scheduler;
    this.clock = clock;
  }

  void run(int ledger, RunId run) {
    promise(RUN_TASK, ledger + ":" + run);
  }

  void readImport(int ledger, UUID importId) {
    promise(IMPORT_TASK, ledger + ":" + importId);
  }

  private void promise(String task, String instance) {
    scheduler
        .getObject()
        .scheduleIfNotExists(new TaskInstance<Void>(task, instance), clock.instant());
  }

  /// Does something outside the caller's transaction, in one of its own, and waits for it.
  void apart(Runnable work) {
    Thread apart = Thread.ofVirtual().start(work);
    try {
      apart.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
