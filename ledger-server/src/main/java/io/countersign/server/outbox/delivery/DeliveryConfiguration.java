package io.countersign.server.outbox.delivery;

import io.countersign.server.database.Home;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebhookSettings.class)
class DeliveryConfiguration {

  @Bean
  RetrySchedule retrySchedule(WebhookSettings settings) {
    return new RetrySchedule(settings.retries(), settings.giveUpAfter());
  }

  // A demonstration is reached from this machine alone, and is tried by hand on it.
  @Bean
  NetworkRules networkRules(
      WebhookSettings settings, @Value("${countersign.demo:false}") boolean demonstration) {
    Boolean asked = settings.allowPrivateNetworks();
    return (asked == null ? demonstration : asked) ? NetworkRules.ANY : NetworkRules.PUBLIC_ONLY;
  }

  @Bean
  SecretBox secretBox(Home home, WebhookSettings settings) {
    return SecretBox.at(home, settings.secretsKey());
  }

  @Bean
  EndpointHttp endpointHttp(NetworkRules rules, WebhookSettings settings) {
    return new EndpointHttp(rules, settings.callTimeout());
  }
}
