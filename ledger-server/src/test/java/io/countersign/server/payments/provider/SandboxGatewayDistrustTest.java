package io.countersign.server.payments.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.countersign.model.Money;
import io.countersign.server.payments.provider.ProviderReply.Charged;
import io.countersign.server.payments.provider.ProviderReply.Declined;
import io.countersign.server.payments.provider.ProviderReply.NoAnswer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Against a stand-in that says what no sane provider would.
class SandboxGatewayDistrustTest {

  record Said(int status, String contentType, String body) {}

  @FunctionalInterface
  interface Behaviour {
    void answer(HttpExchange exchange) throws IOException;
  }

  private static final Money AMOUNT = Money.of(1250, "EUR");
  private static final ProviderKey KEY = new ProviderKey("pay_1-charge");
  private static final String JSON = "application/json";
  private static final String CHARGED =
      """
      {"kind":"charge","key":"pay_1-charge","reference":"r1","status":"charged",
       "amount":{"minorUnits":1250,"currency":"EUR"},"at":"2026-11-23T10:00:00Z"}
      """;
  private static final String DECLINED =
      CHARGED.replace("\"charged\"", "\"declined\",\"declineCode\":\"no_funds\"");

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> keysSeen = new CopyOnWriteArrayList<>();
  private HttpServer standIn;
  private SandboxGateway gateway;
  private volatile Behaviour behaviour = HttpExchange::close;

  @BeforeEach
  void start() throws IOException {
    standIn = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    standIn.setExecutor(threads);
    standIn.createContext("/", this::handle);
    standIn.start();
    URI base = URI.create("http://127.0.0.1:" + standIn.getAddress().getPort());
    gateway = Gateways.at(base, Duration.ofSeconds(1), "http://127.0.0.1:9");
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      keysSeen.add(String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")));
      behaviour.answer(exchange);
    }
  }

  @AfterEach
  void stop() {
    gateway.close();
    standIn.stop(0);
    threads.shutdownNow();
  }

  private void says(Said said) {
    behaviour =
        exchange -> {
          byte[] body = said.body().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", said.contentType());
          exchange.sendResponseHeaders(said.status(), body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
        };
  }

  private ProviderReply.ToCharge charge() {
    return gateway.charge(new ChargeOrder("main", KEY, AMOUNT, "tok_ok", null, null, null));
  }

  @Test
  void a_proper_answer_is_believed() {
    says(new Said(201, JSON, CHARGED));
    assertThat(charge()).isInstanceOf(Charged.class);
    says(new Said(402, "application/json; charset=utf-8", DECLINED));
    assertThat(charge()).isEqualTo(new Declined("no_funds"));
  }

  static List<Said> nonsense() {
    return List.of(
        new Said(201, JSON, ""),
        new Said(201, JSON, "null"),
        new Said(201, JSON, "[]"),
        new Said(201, JSON, "{\"status\":"),
        new Said(201, JSON, CHARGED.replace("pay_1-charge", "pay_2-charge")),
        new Said(201, JSON, CHARGED.replace("1250", "1249")),
        new Said(201, JSON, CHARGED.replace("1250", "\"lots\"")),
        new Said(201, JSON, CHARGED.replace("EUR", "USD")),
        new Said(201, JSON, CHARGED.replace("EUR", "???")),
        new Said(201, JSON, CHARGED.replace("\"charge\"", "\"refund\"")),
        new Said(201, JSON, CHARGED.replace("\"charged\"", "\"pending\"")),
        new Said(201, JSON, CHARGED.replace("2026-11-23T10:00:00Z", "yesterday")),
        new Said(201, "text/html", CHARGED),
        new Said(302, JSON, CHARGED),
        new Said(402, JSON, CHARGED),
        new Said(201, JSON, DECLINED),
        new Said(500, JSON, DECLINED),
        new Said(402, "text/html", "<h1>declined</h1>"),
        new Said(402, JSON, "{\"status\":\"declined\"}"),
        new Said(400, JSON, "{\"error\":\"invalid_request\"}"),
        new Said(401, JSON, "{}"),
        new Said(404, JSON, "{\"error\":\"no_such_charge\",\"key\":\"pay_1-charge\"}"),
        new Said(201, JSON, "{\"padding\":\"" + "x".repeat(200_000) + "\"}"));
  }

  @ParameterizedTest
  @MethodSource("nonsense")
  void what_cannot_be_read_with_certainty_is_unknown_and_never_declined(Said said) {
    says(said);
    assertThat(charge()).isInstanceOf(NoAnswer.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>Not found</html>",
        "{\"error\":\"no_such_page\",\"key\":\"pay_1-charge\"}",
        "{\"error\":\"no_such_charge\",\"key\":\"pay_2-charge\"}"
      })
  void a_404_of_somebody_else_does_not_mean_that_there_is_no_charge(String body) {
    says(new Said(404, JSON, body));
    assertThat(gateway.lookUpCharge(Gateways.charge(KEY, AMOUNT))).isInstanceOf(NoAnswer.class);
  }

  @Test
  void every_repetition_goes_out_under_the_same_key() {
    says(new Said(503, JSON, "{}"));
    assertThat(charge()).isInstanceOf(NoAnswer.class);
    assertThat(keysSeen).hasSizeGreaterThanOrEqualTo(3).containsOnly(KEY.value());
  }

  @Test
  void a_connection_that_breaks_twice_is_left_alone() {
    assertThat(charge()).isInstanceOf(NoAnswer.class);
    assertThat(keysSeen).hasSize(2);
  }

  @Test
  void a_body_that_drips_does_not_outlast_the_deadline() {
    behaviour =
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", JSON);
          exchange.sendResponseHeaders(201, 0);
          drip(exchange.getResponseBody());
        };
    long start = System.nanoTime();
    assertThat(charge()).isInstanceOf(NoAnswer.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
  }

  private static void drip(OutputStream body) throws IOException {
    try {
      for (int drop = 0; drop < 100; drop++) {
        body.write(' ');
        body.flush();
        Thread.sleep(100);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void a_caller_that_is_interrupted_learns_nothing_and_stays_interrupted() {
    says(new Said(503, JSON, "{}"));
    Thread.currentThread().interrupt();
    assertThat(charge()).isInstanceOf(NoAnswer.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
