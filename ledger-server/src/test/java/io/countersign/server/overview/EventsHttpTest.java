package io.countersign.server.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.ServerTest;
import io.countersign.server.testing.TestApi;
import io.countersign.server.testing.TestApi.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// As the console follows them.
@ServerTest
@Timeout(120)
class EventsHttpTest {

  private final HttpClient http = HttpClient.newHttpClient();
  private final String own = "events" + UUID.randomUUID().toString().substring(0, 8);

  @Value("${local.server.port}")
  int port;

  /// One event of a stream.
  private record Event(String name, JsonNode data) {}

  @Test
  void who_follows_learns_what_waits_and_what_changes() throws Exception {
    TestApi api = TestApi.at(port);
    Reply key = key();
    try (InputStream body = follow(key).body()) {
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
      Event first = next(lines, event -> true);
      assertThat(first.name()).isEqualTo("queues");
      assertThat(first.data().path("queues").findValuesAsString("name"))
          .contains("approvals", "exceptions", "payments", "sagas", "webhooks");
      long before = waiting(first, "approvals");

      open("bank", "ASSET");
      open("wallet", "LIABILITY");
      Reply hold =
          api.as("integrator")
              .postInMain(
                  "/holds",
                  """
                  {"from": "%1$s:bank", "to": "%1$s:wallet", "description": "Room 12",
                   "expiresAt": "%2$s", "amount": {"minorUnits": 10, "currency": "EUR"}}\
                  """
                      .formatted(own, Instant.now().plus(Duration.ofDays(1))));
      assertThat(hold.status()).as(hold.toString()).isEqualTo(201);
      next(lines, event -> names(event, "hold.open", hold.text("id")));

      Reply proposed =
          api.as("operator")
              .postInMain(
                  "/adjustments",
                  """
                  {"reason": "r", "description": "d", "entries": [
                   {"account": "%1$s:bank", "direction": "DEBIT", "amount": {"minorUnits": 5, "currency": "EUR"}},
                   {"account": "%1$s:wallet", "direction": "CREDIT", "amount": {"minorUnits": 5, "currency": "EUR"}}]}\
                  """
                      .formatted(own));
      assertThat(proposed.status()).as(proposed.toString()).isEqualTo(202);
      next(lines, event -> event.name().equals("queues") && waiting(event, "approvals") > before);
    }
  }

  @Test
  void one_caller_has_a_bounded_number_of_streams_and_gets_them_back() throws Exception {
    Reply key = key();
    List<InputStream> open = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      HttpResponse<InputStream> stream = follow(key);
      assertThat(stream.statusCode()).isEqualTo(200);
      assertThat(stream.headers().firstValue("Content-Type").orElse(""))
          .startsWith("text/event-stream");
      open.add(stream.body());
    }
    HttpResponse<InputStream> refused = follow(key);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    for (InputStream each : open) {
      each.close();
    }
    // A stream that nobody reads is noticed at the next heartbeat.
    long begun = System.nanoTime();
    int status = 429;
    while (status == 429) {
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMinutes(1));
      Thread.sleep(500);
      HttpResponse<InputStream> again = follow(key);
      status = again.statusCode();
      again.body().close();
    }
    assertThat(status).isEqualTo(200);
  }

  private Reply key() {
    Reply key =
        TestApi.at(port)
            .as("admin")
            .post(
                "/v1/api-keys",
                "{\"name\": \"%s\", \"ledger\": \"main\", \"roles\": [\"AUDITOR\"]}"
                    .formatted(own));
    assertThat(key.status()).as(key.toString()).isEqualTo(201);
    return key;
  }

  private HttpResponse<InputStream> follow(Reply key) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/ledgers/main/events"))
            .header("Authorization", "Bearer " + key.text("secret"))
            .header("Accept", "text/event-stream")
            .timeout(Duration.ofSeconds(30))
            .build(),
        BodyHandlers.ofInputStream());
  }

  private static Event next(BufferedReader lines, Predicate<Event> wanted) throws IOException {
    String name = "";
    while (true) {
      String line = Objects.requireNonNull(lines.readLine(), "the stream goes on");
      if (line.startsWith("event: ")) {
        name = line.substring("event: ".length());
      } else if (line.startsWith("data: ")) {
        Event event =
            new Event(name, JsonMapper.shared().readTree(line.substring("data: ".length())));
        if (wanted.test(event)) {
          return event;
        }
      }
    }
  }

  private static boolean names(Event event, String type, String id) {
    for (JsonNode object : event.data().path("objects")) {
      if (object.path("type").asString().equals(type) && object.path("id").asString().equals(id)) {
        return true;
      }
    }
    return false;
  }

  private static long waiting(Event event, String queue) {
    for (JsonNode each : event.data().path("queues")) {
      if (each.path("name").asString().equals(queue)) {
        return each.path("count").asLong();
      }
    }
    return -1;
  }

  private void open(String code, String type) {
    Reply made =
        TestApi.at(port)
            .as("integrator")
            .postInMain(
                "/accounts",
                "{\"code\": \"%s:%s\", \"name\": \"x\", \"type\": \"%s\", \"currency\": \"EUR\"}"
                    .formatted(own, code, type));
    assertThat(made.status()).as(made.toString()).isEqualTo(201);
  }
}
