package io.countersign.server.reconciliation;

import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.countersign.model.id.RunId;
import java.time.Duration;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Reconciliation's work as tasks of db-scheduler, on whichever server is free. Each can be done
/// again from its start: what is done already is found done.
@Configuration(proxyBeanMethods = false)
class ReconciliationConfiguration {

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

  @Bean
  OneTimeTask<Void> reconciliationRunTask(ObjectProvider<Reconciler> reconciler) {
    return Tasks.oneTime(BackgroundWork.RUN_TASK)
        .onFailure(new FailureHandler.OnFailureRetryLater<>(AFTER_FAILURE))
        .onDeadExecutionRevive()
        .execute(
            (task, context) ->
                reconciler.getObject().perform(ledger(task), RunId.parse(object(task))));
  }

  @Bean
  OneTimeTask<Void> statementImportTask(ObjectProvider<StatementImports> imports) {
    return Tasks.oneTime(BackgroundWork.IMPORT_TASK)
        .onFailure(new FailureHandler.OnFailureRetryLater<>(AFTER_FAILURE))
        .onDeadExecutionRevive()
        .execute(
            (task, context) ->
                imports.getObject().readKept(ledger(task), UUID.fromString(object(task))));
  }

  /// Looks which folders are due.
  @Bean
  RecurringTask<Void> statementFetchTask(
      ObjectProvider<FolderFetch> fetch,
      @Value("${countersign.reconciliation.fetch-every:PT5S}") Duration every) {
    return Tasks.recurring("statement-fetch", FixedDelay.of(every))
        .execute(
            (TaskInstance<Void> task, ExecutionContext context) -> fetch.getObject().fetchDue());
  }

  /// Time alone makes an awaited line overdue, so every source is run again and again.
  @Bean
  RecurringTask<Void> reconciliationTask(
      ObjectProvider<Reconciler> reconciler,
      @Value("${countersign.reconciliation.run-every:PT1H}") Duration every) {
    return Tasks.recurring("reconciliation", FixedDelay.of(every))
        .execute(
            (TaskInstance<Void> task, ExecutionContext context) ->
                reconciler.getObject().startAll());
  }

  private static int ledger(TaskInstance<?> task) {
    return Integer.parseInt(task.getId().substring(0, task.getId().indexOf(':')));
  }

  private static String object(TaskInstance<?> task) {
    return task.getId().substring(task.getId().indexOf(':') + 1);
  }
}
