package io.countersign.server.outbox.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class EndpointHttpTest {

  private static final Duration PATIENT = Duration.ofSeconds(20);
  private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

  private final Receiver receiver = new Receiver();

  @AfterEach
  void close() {
    receiver.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204})
  void every_2xx_is_an_acceptance(int status) throws IOException {
    receiver.answer = call -> Receiver.Reply.of(status);
    assertThat(post(receiver.url())).isEqualTo(new Outcome.Accepted(status));
    assertThat(receiver.calls.getFirst().headers())
        .containsEntry("webhook-id", "evt_1")
        .containsEntry("user-agent", "Countersign")
        .hasEntrySatisfying(
            "content-type", type -> assertThat(type).startsWith("application/json"));
  }

  @Test
  void gone_is_its_own_answer() throws IOException {
    receiver.answer = call -> Receiver.Reply.of(410);
    assertThat(post(receiver.url())).isEqualTo(new Outcome.Gone());
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void a_redirect_is_not_followed(int status) throws IOException {
    receiver.answer =
        call ->
            call.path().equals("/elsewhere")
                ? Receiver.Reply.of(204)
                : new Receiver.Reply(
                    status,
                    Map.of("Location", "http://127.0.0.1:" + receiver.port() + "/elsewhere"));
    assertThat(post(receiver.url()))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.status()).isEqualTo(status);
              assertThat(failed.why()).contains("not followed");
            });
    assertThat(receiver.calls).hasSize(1);
  }

  @Test
  void a_failure_is_sent_once_and_says_when_to_come_again() throws IOException {
    receiver.answer = call -> new Receiver.Reply(503, Map.of("Retry-After", "120"));
    assertThat(post(receiver.url()))
        .isEqualTo(new Outcome.Failed(503, "answered 503", Duration.ofMinutes(2)));
    assertThat(receiver.calls).hasSize(1);
  }

  @Test
  void what_does_not_listen_or_is_not_found_is_a_failure() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    assertThat(post("http://127.0.0.1:" + free + "/"))
        .isEqualTo(Outcome.Failed.unanswered("the connection was refused"));
    DnsResolver unknown = resolver(new InetAddress[0]);
    try (EndpointHttp http = new EndpointHttp(NetworkRules.ANY, PATIENT, unknown)) {
      assertThat(post(http, "https://hooks.example.com/"))
          .isEqualTo(Outcome.Failed.unanswered("the host name was not found"));
    }
  }

  // A header a second keeps every time-out between two bytes from striking.
  @Test
  void whoever_drips_is_left_when_the_time_is_over() throws IOException {
    try (ServerSocket dripping = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        EndpointHttp http = new EndpointHttp(NetworkRules.ANY, Duration.ofSeconds(2))) {
      Thread.startVirtualThread(() -> drip(dripping));
      long begun = System.nanoTime();
      Outcome outcome = post(http, "http://127.0.0.1:" + dripping.getLocalPort() + "/");
      assertThat(outcome).isEqualTo(Outcome.Failed.unanswered("no answer within 2 s"));
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
    }
  }

  @Test
  void an_endless_answer_is_not_read_to_its_end() throws IOException {
    try (ServerSocket endless = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      Thread.startVirtualThread(() -> flood(endless));
      assertThat(post("http://127.0.0.1:" + endless.getLocalPort() + "/"))
          .isEqualTo(new Outcome.Accepted(200));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433"})
  void an_address_inside_is_refused_at_the_call_too(String host) throws IOException {
    try (EndpointHttp http = new EndpointHttp(NetworkRules.PUBLIC_ONLY, PATIENT)) {
      assertRefused(post(http, "http://" + host + ":" + receiver.port() + "/"));
    }
    assertThat(receiver.calls).isEmpty();
  }

  // DNS rebinding: public when it was registered, inside when it is called.
  @Test
  void a_name_that_leads_inside_by_now_is_refused() throws IOException {
    DnsResolver rebound =
        resolver(InetAddress.ofLiteral("1.1.1.1"), InetAddress.ofLiteral("127.0.0.1"));
    try (EndpointHttp http = new EndpointHttp(NetworkRules.PUBLIC_ONLY, PATIENT, rebound)) {
      assertRefused(post(http, "http://hooks.example.com:" + receiver.port() + "/"));
    }
    assertThat(receiver.calls).isEmpty();
  }

  // There is no second look-up that could lead elsewhere: nobody but the resolver knows the name.
  @Test
  void the_address_that_was_checked_is_the_one_that_is_called() throws IOException {
    DnsResolver here = resolver(InetAddress.getLoopbackAddress());
    try (EndpointHttp http = new EndpointHttp(NetworkRules.ANY, PATIENT, here)) {
      assertThat(post(http, "http://hooks.invalid:" + receiver.port() + "/"))
          .isEqualTo(new Outcome.Accepted(204));
    }
    assertThat(receiver.calls.getFirst().headers())
        .containsEntry("host", "hooks.invalid:" + receiver.port());
  }

  private static void assertRefused(Outcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.why()).contains("private, local or reserved network"));
  }

  private static Outcome post(String url) throws IOException {
    try (EndpointHttp http = new EndpointHttp(NetworkRules.ANY, PATIENT)) {
      return post(http, url);
    }
  }

  private static Outcome post(EndpointHttp http, String url) {
    return http.post(URI.create(url), Map.of("webhook-id", "evt_1"), BODY);
  }

  private static DnsResolver resolver(InetAddress... addresses) {
    return new DnsResolver() {
      @Override
      public InetAddress[] resolve(String host) throws UnknownHostException {
        if (addresses.length == 0) {
          throw new UnknownHostException(host);
        }
        return addresses.clone();
      }

      @Override
      public String resolveCanonicalHostname(String host) {
        return host;
      }
    };
  }

  private static void drip(ServerSocket server) {
    try (Socket socket = server.accept()) {
      OutputStream out = socket.getOutputStream();
      write(out, "HTTP/1.1 200 OK\r\n");
      for (int i = 0; i < 60; i++) {
        write(out, "X-" + i + ": y\r\n");
        Thread.sleep(500);
      }
    } catch (IOException | InterruptedException left) {
      // The caller has gone, as it should.
    }
  }

  private static void flood(ServerSocket server) {
    try (Socket socket = server.accept()) {
      OutputStream out = socket.getOutputStream();
      write(out, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n");
      while (true) {
        write(out, "x".repeat(1024));
      }
    } catch (IOException left) {
      // The caller has gone, as it should.
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }
}
