package io.countersign.server.payments.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.database.Home;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

  @Test
  void a_secret_key_makes_stripe_a_provider() {
    runner
        .withPropertyValues("countersign.stripe.secret-key=sk_test_1")
        .run(
            context -> {
              assertThat(context).hasNotFailed().hasSingleBean(ProviderSettlements.class);
              assertThat(context.getBean(ProviderGateways.class).named("stripe")).isPresent();
              assertThat(context.getBean(StripeProperties.class).toString())
                  .doesNotContain("sk_test");
            });
  }

  @Test
  void an_empty_secret_key_makes_none() {
    runner
        .withPropertyValues("countersign.stripe.secret-key=")
        .run(
            context ->
                assertThat(context.getBean(ProviderGateways.class).named("stripe")).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "countersign.stripe.secret-key=sk_test_1 and more",
        "countersign.stripe.key-lifetime=25h",
        "countersign.stripe.call-deadline=5s",
        "countersign.stripe.lookup-deadline=0s",
        "countersign.stripe.visibility-delay=-1s"
      })
  void what_cannot_be_is_refused_without_showing_the_key(String setting) {
    runner
        .withPropertyValues("countersign.stripe.secret-key=sk_test_1", setting)
        .run(
            context -> {
              assertThat(context).hasFailed();
              StringWriter shown = new StringWriter();
              Objects.requireNonNull(context.getStartupFailure())
                  .printStackTrace(new PrintWriter(shown));
              assertThat(shown.toString()).contains("countersign.stripe").doesNotContain("sk_test");
            });
  }
}
