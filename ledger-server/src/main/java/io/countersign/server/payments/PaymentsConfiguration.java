package io.countersign.server.payments;

import io.countersign.server.sagas.SagaDefinition;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PaymentsProperties.class)
class PaymentsConfiguration {

  @Bean
  CheckSchedule checkSchedule(PaymentsProperties properties) {
    return new CheckSchedule(properties.checks());
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
}
