package io.countersign.server.payments.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.database.Home;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ProviderConfigurationTest {

  @TempDir static Path home;

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withBean(Clock.class, Clock::systemUTC)
          .withBean(Home.class, () -> new Home(home))
          .withUserConfiguration(ProviderConfiguration.class);

  @Test
  void without_an_address_and_without_demo_there_is_no_sandbox() {
    runner.run(
        context -> {
          assertThat(context).hasNotFailed().doesNotHaveBean(ProviderGateway.class);
          assertThat(context.getBean(ProviderGateways.class).named("sandbox")).isEmpty();
        });
  }

  @Test
  void an_address_makes_a_gateway_and_starts_nothing() {
    runner
        .withPropertyValues("countersign.sandbox.url=http://127.0.0.1:9", "countersign.demo=true")
        .run(
            context -> {
              assertThat(context).hasNotFailed().doesNotHaveBean(SandboxProcess.class);
              assertThat(context.getBean(ProviderGateways.class).named("sandbox")).isPresent();
              assertThat(context.getBean(ProviderGateways.class).named("stripe")).isEmpty();
            });
  }

  @Test
  void a_deadline_that_would_keep_callers_waiting_is_refused() {
    runner
        .withPropertyValues(
            "countersign.sandbox.url=http://127.0.0.1:9", "countersign.sandbox.call-deadline=8s")
        .run(context -> assertThat(context).hasFailed());
  }
}
