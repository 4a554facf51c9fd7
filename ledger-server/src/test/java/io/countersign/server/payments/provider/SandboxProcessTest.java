package io.countersign.server.payments.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.server.sandbox.SandboxAcquirer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxProcessTest {

  @TempDir Path folder;

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void one_that_an_earlier_server_left_behind_is_used_again_and_stopped_in_the_end()
      throws IOException {
    int port = freePort();
    SandboxProcess earlier = SandboxProcess.joinOrStart(folder, port);
    earlier.afterSingletonsInstantiated();
    ProcessHandle child = Objects.requireNonNull(earlier.own());
    // The earlier server is killed here: it closes nothing.
    SandboxProcess later = SandboxProcess.joinOrStart(folder, port);
    later.afterSingletonsInstantiated();
    assertThat(later.own()).isEqualTo(child);
    assertThat(child.isAlive()).isTrue();
    later.close();
    assertThat(child.isAlive()).isFalse();
    assertThat(Files.readString(folder.resolve("sandbox.log"))).contains("Sandbox acquirer at");
  }

  @Test
  void one_that_somebody_else_started_is_used_and_left_running() {
    try (SandboxAcquirer other =
        SandboxAcquirer.start(
            Map.of("SANDBOX_PORT", "0", "SANDBOX_HOME", folder.toString()), Clock.systemUTC())) {
      SandboxProcess joined = SandboxProcess.joinOrStart(folder, other.port());
      joined.afterSingletonsInstantiated();
      assertThat(joined.own()).isNull();
      joined.close();
      SandboxProcess again = SandboxProcess.joinOrStart(folder, other.port());
      again.afterSingletonsInstantiated();
      assertThat(again.own()).isNull();
      again.close();
    }
  }

  @Test
  void a_port_that_something_else_holds_stops_the_start_and_says_so() throws IOException {
    try (var squatter = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      SandboxProcess refused = SandboxProcess.joinOrStart(folder, squatter.getLocalPort());
      assertThatThrownBy(refused::afterSingletonsInstantiated)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("SANDBOX_PORT");
    }
    assertThat(Files.readString(folder.resolve("sandbox.log"))).contains("in use");
  }
}
