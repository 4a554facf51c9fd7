package io.countersign.server.export;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.countersign.model.id.ExportId;
import io.countersign.server.accounts.Ledgers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Writes exports as tasks of db-scheduler, on whichever server is free. One that a kill cuts off
/// is done again from its beginning; one that fails by itself is tried a few times and then given
/// up.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ExportsProperties.class)
class ExportConfiguration {

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
  private static final int ATTEMPTS_MAX = 5;

  @Bean
  OneTimeTask<Void> exportTask(
      ObjectProvider<ExportWriting> writing, ObjectProvider<Ledgers> ledgers) {
    FailureHandler<Void> again = new FailureHandler.OnFailureRetryLater<>(AFTER_FAILURE);
    return Tasks.oneTime(ExportTasks.EXPORT)
        .onFailure(
            (complete, operations) -> {
              if (isLast(complete)) {
                TaskInstance<?> task = complete.getExecution().taskInstance;
                writing
                    .getObject()
                    .fail(
                        ledgers.getObject().byId(ledger(task)).scope(),
                        export(task),
                        reason(complete));
                operations.stop();
              } else {
                again.onFailure(complete, operations);
              }
            })
        .onDeadExecutionRevive()
        .execute((task, context) -> perform(writing.getObject(), task, context));
  }

  private static void perform(
      ExportWriting writing, TaskInstance<?> task, ExecutionContext context) {
    try {
      writing.perform(ledger(task), export(task), context.getSchedulerState()::isShuttingDown);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // A server that goes down is no failure of the export.
  private static boolean isLast(ExecutionComplete complete) {
    boolean interrupted =
        complete.getCause().filter(ExportWriting.Interrupted.class::isInstance).isPresent();
    return !interrupted && complete.getExecution().consecutiveFailures + 1 >= ATTEMPTS_MAX;
  }

  private static String reason(ExecutionComplete complete) {
    return complete
        .getCause()
        .map(cause -> "It failed " + ATTEMPTS_MAX + " times: " + cause.getMessage())
        .orElse("It failed " + ATTEMPTS_MAX + " times.");
  }

  private static int ledger(TaskInstance<?> task) {
    return Integer.parseInt(task.getId().substring(0, task.getId().indexOf(':')));
  }

  private static ExportId export(TaskInstance<?> task) {
    return ExportId.parse(task.getId().substring(task.getId().indexOf(':') + 1));
  }
}
