package io.countersign.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Users whose password everybody knows are for one machine alone.
class DemonstrationModeTest {

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "127.0.0.53"})
  void it_is_for_servers_that_only_this_machine_reaches(String address) {
    assertThat(new DemonstrationMode(true, address).on()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "", "192.168.1.4", "10.0.0.1"})
  void it_is_refused_where_others_could_reach_the_server(String address) {
    assertThatIllegalStateException()
        .isThrownBy(() -> new DemonstrationMode(true, address))
        .withMessageContaining("COUNTERSIGN_DEMO")
        .withMessageContaining("127.0.0.1");
    assertThat(new DemonstrationMode(false, address).on()).isFalse();
  }
}
