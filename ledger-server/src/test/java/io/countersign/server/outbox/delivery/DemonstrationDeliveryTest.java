package io.countersign.server.outbox.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.api.FieldChecks;
import io.countersign.server.api.ProblemException;
import io.countersign.server.database.Home;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/// The demonstration is tried by hand on one machine, so its endpoints lie there; nobody else's do.
class DemonstrationDeliveryTest {

  private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  private final Receiver receiver = new Receiver();

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void in_the_demonstration_an_endpoint_on_this_machine_is_accepted_and_called() {
    server("countersign.demo=true")
        .run(
            context -> {
              assertThat(accepts(context.getBean(NetworkRules.class))).isTrue();
              assertThat(call(context.getBean(EndpointHttp.class)))
                  .isEqualTo(new Outcome.Accepted(204));
            });
  }

  @Test
  void elsewhere_and_where_the_demonstration_is_told_not_to_it_is_neither() {
    for (String[] settings :
        new String[][] {
          {}, {"countersign.demo=true", "countersign.webhooks.allow-private-networks=false"}
        }) {
      server(settings)
          .run(
              context -> {
                assertThat(accepts(context.getBean(NetworkRules.class))).isFalse();
                assertThat(call(context.getBean(EndpointHttp.class)))
                    .isInstanceOf(Outcome.Failed.class);
              });
    }
    assertThat(receiver.calls).isEmpty();
  }

  private ApplicationContextRunner server(String... settings) {
    return new ApplicationContextRunner()
        .withBean(Home.class, () -> Home.at(folder))
        .withUserConfiguration(DeliveryConfiguration.class)
        .withPropertyValues(settings);
  }

  private boolean accepts(NetworkRules rules) {
    FieldChecks checks = new FieldChecks();
    EndpointUrl.check(checks, receiver.url(), rules);
    try {
      checks.orThrow();
    } catch (ProblemException plainHttp) {
      return false;
    }
    return EndpointUrl.refusal(receiver.url(), rules).isEmpty();
  }

  private Outcome call(EndpointHttp http) {
    return http.post(URI.create(receiver.url()), Map.of(), BODY);
  }
}
