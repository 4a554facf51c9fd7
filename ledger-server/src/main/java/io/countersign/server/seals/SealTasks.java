package io.countersign.server.seals;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import java.time.Clock;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Promises work that some server will do, within the caller's transaction.
@Component
class SealTasks {

  static final String VERIFICATION = "seal-verification";

  // Looked up when first used: the scheduler is made of the tasks, and they lead back here.
  private final ObjectProvider<SchedulerClient> scheduler;
  private final Clock clock;

  SealTasks(ObjectProvider<SchedulerClient> scheduler, Clock clock) {
    this.scheduler = scheduler;
    this.clock = clock;
  }

  void verify(int ledger, UUID verification) {
    scheduler
        .getObject()
        .scheduleIfNotExists(
            new TaskInstance<Void>(VERIFICATION, ledger + ":" + verification), clock.instant());
  }
}
