package io.countersign.server.transfers;

import io.countersign.server.sagas.SagaDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TransfersConfiguration {

  @Bean
  SagaDefinition ledgerTransferDefinition(LedgerTransferSaga saga) {
    return saga.definition();
  }
}
