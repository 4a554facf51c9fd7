package io.countersign.server.sagas;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.countersign.model.id.SagaId;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Runs wake-ups as one-time tasks of db-scheduler, on whichever server is free.
///
/// Each is a task of its own, named by the saga and the version it was promised at, so promising
/// one never waits for, and never disturbs, one that is being carried out.
@Configuration(proxyBeanMethods = false)
class SagaConfiguration {

  private static final String TASK = "saga";
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

  // Looked up when first used: the scheduler is made of the tasks, and this one leads back here.
  @Bean
  WakeUps wakeUps(ObjectProvider<SchedulerClient> scheduler) {
    return (ledger, saga, version, at) ->
        scheduler
            .getObject()
            .scheduleIfNotExists(
                new TaskInstance<Void>(TASK, ledger + ":" + saga + ":" + version), at);
  }

  @Bean
  OneTimeTask<Void> sagaTask(ObjectProvider<Sagas> sagas) {
    return Tasks.oneTime(TASK)
        .onFailure(new FailureHandler.OnFailureRetryLater<>(AFTER_FAILURE))
        .onDeadExecutionRevive()
        .execute(
            (task, context) -> {
              String[] name = task.getId().split(":", 3);
              sagas
                  .getObject()
                  .wake(Integer.parseInt(name[0]), SagaId.parse(name[1]), Long.parseLong(name[2]));
            });
  }
}
