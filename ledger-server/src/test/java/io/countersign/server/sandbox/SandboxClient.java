package io.countersign.server.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Calls an acquirer over HTTP, as a client that knows nothing of its insides.
final class SandboxClient {

  record Reply(int status, String body, HttpResponse<String> response) {

    JsonNode json() {
      return new JsonMapper().readTree(body);
    }

    String text(String field) {
      return json().path(field).asString("");
    }
  }

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String base;
  private final Duration patience;

  SandboxClient(SandboxAcquirer acquirer) {
    this(acquirer, Duration.ofSeconds(10));
  }

  /// @param patience how long it waits for an answer
  SandboxClient(SandboxAcquirer acquirer, Duration patience) {
    this.base = "http://127.0.0.1:" + acquirer.port();
    this.patience = patience;
  }

  Reply charge(String key, String token) {
    return charge(key, token, 1250, null);
  }

  Reply charge(String key, String token, long minorUnits, @Nullable String webhookUrl) {
    String to = webhookUrl == null ? "" : ", \"webhookUrl\": \"" + webhookUrl + "\"";
    return send(
        post(
                "/v1/charges",
                "{" + amount(minorUnits) + ", \"paymentMethod\": \"" + token + "\"" + to + "}")
            .header("Idempotency-Key", key));
  }

  Reply refund(String key, String chargeKey, long minorUnits, String description) {
    String body =
        "{\"chargeKey\": \"%s\", %s, \"description\": \"%s\"}"
            .formatted(chargeKey, amount(minorUnits), description);
    return send(post("/v1/refunds", body).header("Idempotency-Key", key));
  }

  Reply cancel(String key) {
    return send(post("/v1/charges/" + key + "/cancel", "{" + amount(1250) + "}"));
  }

  Reply lookUp(String key) {
    return get("/v1/charges/" + key);
  }

  JsonNode charges(String key) {
    return get("/sandbox/charges?key=" + key).json().path("charges");
  }

  Reply get(String path) {
    return send(HttpRequest.newBuilder(URI.create(base + path)));
  }

  HttpRequest.Builder post(String path, String body) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  /// @throws UncheckedIOException when nothing comes back
  Reply send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          http.send(request.timeout(patience).build(), HttpResponse.BodyHandlers.ofString());
      return new Reply(response.statusCode(), response.body(), response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("a test was interrupted", e);
    }
  }

  static Map<String, String> environment(java.nio.file.Path home) {
    return Map.of("SANDBOX_PORT", "0", "SANDBOX_HOME", home.toString());
  }

  private static String amount(long minorUnits) {
    return "\"amount\": {\"minorUnits\": " + minorUnits + ", \"currency\": \"EUR\"}";
  }
}
