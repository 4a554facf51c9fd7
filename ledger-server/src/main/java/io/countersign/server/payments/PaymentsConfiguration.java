package io.countersign.server.payments;

import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.countersign.server.sagas.SagaDefinition;
import java.time.Duration;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PaymentsProperties.class)
class PaymentsConfiguration {

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

  @Bean
  CheckSchedule checkSchedule(PaymentsProperties properties) {
    return new CheckSchedule(
        properties.checks(), properties.deadline(), properties.overdueChecks());
  }

  @Bean
  SagaDefinition chargeDefinition(ChargeSaga saga) {
    return saga.definition();
  }

  @Bean
  SagaDefinition refundDefinition(RefundSaga saga) {
    return saga.definition();
  }

  @Bean
  SagaDefinition refundIfChargedDefinition(RefundSaga saga) {
    return saga.definitionIfCharged();
  }

  @Bean
  SagaDefinition refundLateChargeDefinition(RefundSaga saga) {
    return saga.definitionOfLateCharge();
  }

  @Bean
  OneTimeTask<Void> paymentVerificationTask(ObjectProvider<PaymentVerifications> verifications) {
    return Tasks.oneTime(PaymentVerifications.TASK)
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
