package io.countersign.server.seals;

import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Sealing and verifying as tasks of db-scheduler, on whichever server is free.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SealsProperties.class)
class SealsConfiguration {

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

  @Bean
  RecurringTask<Void> sealingTask(ObjectProvider<Seals> seals, SealsProperties properties) {
    return Tasks.recurring("sealing", FixedDelay.of(properties.every()))
        .execute(
            (TaskInstance<Void> task, ExecutionContext context) ->
                seals.getObject().sealAll(context.getSchedulerState()::isShuttingDown));
  }

  @Bean
  OneTimeTask<Void> sealVerificationTask(ObjectProvider<Verifications> verifications) {
    return Tasks.oneTime(SealTasks.VERIFICATION)
        .onFailure(new FailureHandler.OnFailureRetryLater<>(AFTER_FAILURE))
        .onDeadExecutionRevive()
        .execute(
            (task, context) -> {
              String[] name = task.getId().split(":", 2);
              verifications
                  .getObject()
                  .perform(
                      Integer.parseInt(name[0]),
                      UUID.fromString(name[1]),
                      context.getSchedulerState()::isShuttingDown);
            });
  }
}
