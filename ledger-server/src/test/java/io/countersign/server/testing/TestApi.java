package io.countersign.server.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Calls a server under test as its clients do.
///
/// ```java
/// TestApi api = TestApi.at(port);
/// TestApi.Reply made = api.as("integrator").post("/v1/ledgers/main/accounts", """
///     {"code": "wallet:a", ...}""");
/// assertThat(made.status()).isEqualTo(201);
/// ```
///
/// The users `operator`, `approver`, `auditor` and `integrator` are made when first asked for, with
/// their role on `main` and limits no test reaches; `admin` is there from the start. Each POST gets
/// a fresh idempotency key unless one is given.
public final class TestApi {

  /// What [ServerTest] gives the first administrator.
  public static final String ADMIN_PASSWORD = "admin-in-tests";

  private static final String USER_PASSWORD = "password-in-tests";
  private static final String MAIN = "/v1/ledgers/main";
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  // By address: the tests that share a server also share its users.
  private static final ConcurrentMap<String, TestApi> KNOWN = new ConcurrentHashMap<>();

  private final String address;
  private final ConcurrentMap<String, String> tokens = new ConcurrentHashMap<>();

  private TestApi(String address) {
    this.address = address;
  }

  public static TestApi at(int port) {
    return KNOWN.computeIfAbsent("http://127.0.0.1:" + port, TestApi::new);
  }

  /// With the token of this user, who is made if need be and signed in once.
  public Calls as(String username) {
    // Not computeIfAbsent: signing somebody in asks for the administrator's token meanwhile.
    String known = tokens.get(username);
    if (known == null) {
      synchronized (tokens) {
        known = tokens.get(username);
        if (known == null) {
          known = signIn(username);
          tokens.put(username, known);
        }
      }
    }
    return withToken(known);
  }

  /// The session token of this user, for a client of one's own.
  public String token(String username) {
    as(username);
    return java.util.Objects.requireNonNull(tokens.get(username));
  }

  /// With a session token or an API key.
  public Calls withToken(String token) {
    return new Calls(Map.of("Authorization", "Bearer " + token));
  }

  /// With no credential at all.
  public Calls anonymous() {
    return new Calls(Map.of());
  }

  /// Makes a user with these roles on `main` and unlimited limits in EUR, USD and JPY.
  public void makeUser(String username, String... roles) {
    Reply made =
        as("admin")
            .post(
                "/v1/users",
                JSON.writeValueAsString(
                    Map.of(
                        "username",
                        username,
                        "displayName",
                        "The " + username,
                        "password",
                        USER_PASSWORD,
                        "grants",
                        List.of(Map.of("ledger", "main", "roles", List.of(roles))),
                        "limits",
                        List.of(unlimited("EUR"), unlimited("USD"), unlimited("JPY")))));
    if (made.status() != 201) {
      throw new AssertionError("could not make " + username + ": " + made.body());
    }
  }

  private String signIn(String username) {
    Optional<String> token = session(username);
    if (token.isPresent()) {
      return token.get();
    }
    makeUser(username, username.toUpperCase(java.util.Locale.ROOT));
    return session(username).orElseThrow();
  }

  private Optional<String> session(String username) {
    String password = "admin".equals(username) ? ADMIN_PASSWORD : USER_PASSWORD;
    Reply reply =
        anonymous()
            .post(
                "/v1/sessions",
                JSON.writeValueAsString(Map.of("username", username, "password", password)));
    return reply.status() == 201 ? Optional.of(reply.text("token")) : Optional.empty();
  }

  private static Map<String, Object> unlimited(String currency) {
    return Map.of(
        "currency", currency,
        "refundMinorUnits", Long.MAX_VALUE,
        "approveMinorUnits", Long.MAX_VALUE);
  }

  /// Calls with the same headers.
  public final class Calls {

    private final Map<String, String> headers;

    private Calls(Map<String, String> headers) {
      this.headers = headers;
    }

    public Calls withKey(String key) {
      return with("Idempotency-Key", key);
    }

    /// Without the key that each POST gets by itself.
    public Calls withoutKey() {
      return with("Idempotency-Key", "");
    }

    public Calls with(String header, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(header, value);
      return new Calls(more);
    }

    public Reply get(String path) {
      return send("GET", path, BodyPublishers.noBody());
    }

    public Reply post(String path, String json) {
      return send("POST", path, BodyPublishers.ofString(json));
    }

    public Reply post(String path, byte[] body, String contentType) {
      return with("Content-Type", contentType).send("POST", path, BodyPublishers.ofByteArray(body));
    }

    public Reply patch(String path, String json) {
      return send("PATCH", path, BodyPublishers.ofString(json));
    }

    public Reply delete(String path) {
      return send("DELETE", path, BodyPublishers.noBody());
    }

    /// To a path under the ledger `main`.
    public Reply postInMain(String path, String json) {
      return post(MAIN + path, json);
    }

    public Reply getInMain(String path) {
      return get(MAIN + path);
    }

    public Reply send(String method, String path, BodyPublisher body) {
      Map<String, String> sent = new LinkedHashMap<>();
      sent.put("Content-Type", "application/json");
      sent.put("Idempotency-Key", UUID.randomUUID().toString());
      sent.putAll(headers);
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(address + path))
              .timeout(Duration.ofSeconds(30))
              .method(method, body);
      sent.forEach(
          (header, value) -> {
            if (!value.isEmpty()) {
              request.header(header, value);
            }
          });
      try {
        return new Reply(HTTP.send(request.build(), TestApi::body));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }

  // An event stream has no end: it is left as soon as it has begun.
  private static BodySubscriber<String> body(ResponseInfo response) {
    boolean endless =
        response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
    return endless ? new Unread() : BodySubscribers.ofString(StandardCharsets.UTF_8);
  }

  private static final class Unread implements BodySubscriber<String> {

    private final CompletableFuture<String> body = new CompletableFuture<>();

    @Override
    public CompletionStage<String> getBody() {
      return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.cancel();
      body.complete("");
    }

    @Override
    public void onNext(List<ByteBuffer> item) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}
  }

  /// An answer.
  public record Reply(HttpResponse<String> response) {

    public int status() {
      return response.statusCode();
    }

    public String body() {
      return response.body();
    }

    public @Nullable String header(String name) {
      return response.headers().firstValue(name).orElse(null);
    }

    public JsonNode json() {
      return JSON.readTree(response.body());
    }

    /// A field's value as text, by a path such as `user.username` or `items.0.id`.
    public String text(String path) {
      JsonNode node = json();
      for (String step : path.split("\\.", -1)) {
        node =
            Character.isDigit(step.charAt(0)) ? node.path(Integer.parseInt(step)) : node.path(step);
      }
      return node.asString();
    }

    /// The slug of a problem; empty when this is none.
    public String problem() {
      String type = json().path("type").asString("");
      return type.startsWith("/problems/") ? type.substring("/problems/".length()) : "";
    }

    @Override
    public String toString() {
      return response.statusCode() + " " + response.body();
    }
  }
}
