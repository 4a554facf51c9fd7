package io.countersign.server.payments.provider;

import com.stripe.Stripe;
import io.countersign.server.database.Home;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/// Which providers there are, by configuration.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  SandboxProperties.class,
  StripeProperties.class,
  CircuitProperties.class,
  CallLimitProperties.class
})
class ProviderConfiguration {

  /// Stands in the source of the sandbox acquirer too: good for play money on one machine.
  private static final String PUBLISHED_SECRET =
      "whsec_Y291bnRlcnNpZ24tc2FuZGJveC1wdWJsaXNoZWQtMDAwMQ==";

  @Bean
  ProviderGateways providerGateways(ObjectProvider<ProviderGateway> gateways) {
    return new ProviderGateways(gateways.orderedStream().toList());
  }

  @Bean
  CallbackAddress callbackAddress(Environment environment) {
    return new CallbackAddress(environment);
  }

  @Bean
  @Conditional(SandboxWanted.OfOurOwn.class)
  SandboxProcess sandboxProcess(Home home, Environment environment) {
    return SandboxProcess.joinOrStart(home.resolve("sandbox"), port(environment));
  }

  @Bean
  @Conditional(SandboxWanted.class)
  SandboxGateway sandboxGateway(
      SandboxProperties properties,
      CallbackAddress callback,
      Environment environment,
      Clock clock) {
    URI own = URI.create("http://127.0.0.1:" + port(environment));
    return new SandboxGateway(
        properties.url() == null ? own : properties.url(),
        properties,
        callback,
        new WebhookVerifier(secrets(properties, environment), clock));
  }

  @Bean
  @Conditional(StripeWanted.class)
  StripeApi stripeApi(StripeProperties properties) {
    // It tells Stripe how long our calls took; nobody asked for that.
    Stripe.enableTelemetry = false;
    return new StripeApi(properties.apiBase(), Objects.requireNonNull(properties.secretKey()));
  }

  @Bean
  @Conditional(StripeWanted.class)
  StripeGateway stripeGateway(StripeApi api, StripeProperties properties, Clock clock) {
    return new StripeGateway(api, properties, new StripeEvents(properties.webhookSecrets(), clock));
  }

  @Bean
  @Conditional(StripeWanted.class)
  StripeSettlements stripeSettlements(StripeApi api, StripeProperties properties) {
    return new StripeSettlements(api, properties.lookupDeadline());
  }

  private static int port(Environment environment) {
    return environment.getProperty("SANDBOX_PORT", Integer.class, 8090);
  }

  /// What the acquirer is told by the same variable, so that setting it once on one machine is
  /// enough.
  private static List<String> secrets(SandboxProperties properties, Environment environment) {
    return properties.webhookSecrets().isEmpty()
        ? List.of(environment.getProperty("SANDBOX_WEBHOOK_SECRET", PUBLISHED_SECRET))
        : properties.webhookSecrets();
  }
}
