package io.countersign.server.export;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.countersign.model.id.ExportId;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Promises work that some server will do, within the caller's transaction.
@Component
class ExportTasks {

  static final String EXPORT = "export";

  // Looked up when first used: the scheduler is made of the tasks, and they lead back here.
  private final ObjectProvider<SchedulerClient> scheduler;
  private final Clock clock;

  ExportTasks(ObjectProvider<SchedulerClient> scheduler, Clock clock) {
    this.scheduler = scheduler;
    this.clock = clock;
  }

  void write(int ledger, ExportId export) {
    scheduler
        .getObject()
        .scheduleIfNotExists(
            new TaskInstance<Void>(EXPORT, ledger + ":" + export), clock.instant());
  }
}
