package io.countersign.server.sagas;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.countersign.model.id.SagaId;
import java.time.Duration;
import java.time.Instant;
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
  WakeUps wakeUps(ObjectProvider<SchedulerClient> scheduler, WakeUpStore store) {
    return new WakeUps() {
      @Override
      public void promise(int ledger, SagaId saga, long version, Instant at) {
        scheduler
            .getObject()
            .scheduleIfNotExists(new TaskInstance<Void>(TASK, instance(ledger, saga, version)), at);
      }

      @Override
      public void takeBack(int ledger, SagaId saga, long version) {
        store.takeBack(TASK, instance(ledger, saga, version));
      }
    };
  }

  private static String instance(int ledger, SagaId saga, long version) {
    return ledger + ":" + saga + ":" + version;
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
