package io.countersign.console.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server that speaks the contract and answers what a test lays down. Later answers to the same
/// path take the place of earlier ones.
public final class StandInServer implements AutoCloseable {

  /// One request, as it came in.
  ///
  /// @param path after `/v1`, decoded
  public record Asked(
      String method,
      String path,
      Map<String, String> query,
      @Nullable String key,
      String body,
      List<String> groups) {

    public JsonNode json() {
      return JSON.readTree(body);
    }

    public String filter(String name) {
      return query.getOrDefault(name, "");
    }
  }

  /// @param body a value of the contract, a problem, or null for none
  public record Told(int status, @Nullable Object body) {

    public static Told ok(Object body) {
      return new Told(200, body);
    }

    public static Told created(Object body) {
      return new Told(201, body);
    }

    public static Told accepted(Object body) {
      return new Told(202, body);
    }

    public static Told problem(int status, String slug, String detail) {
      return new Told(
          status,
          Map.of("type", "/problems/" + slug, "title", slug, "status", status, "detail", detail));
    }
  }

  /// Answers one kind of request.
  @FunctionalInterface
  public interface Handler {
    Told answer(Asked asked);
  }

  private record Route(String method, Pattern path, Handler handler) {}

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpServer server;
  private final List<Route> routes = Collections.synchronizedList(new ArrayList<>());
  private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean silent;
  private volatile @Nullable CountDownLatch gate;

  public StandInServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1", this::serve);
    server.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// @param path after `/v1`, a regular expression whose groups the handler gets
  public void on(String method, String path, Handler handler) {
    routes.addFirst(new Route(method, Pattern.compile(path), handler));
  }

  /// From now on connections are dropped without an answer, or no longer.
  public void silent(boolean now) {
    silent = now;
  }

  /// Holds every answer back until [#release].
  public void hold() {
    gate = new CountDownLatch(1);
  }

  public void release() {
    CountDownLatch held = gate;
    gate = null;
    if (held != null) {
      held.countDown();
    }
  }

  /// Everything asked so with this method on paths that match.
  public List<Asked> asked(String method, String path) {
    synchronized (asked) {
      return asked.stream()
          .filter(one -> one.method().equals(method) && one.path().matches(path))
          .toList();
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Asked one = read(exchange, body);
    asked.add(one);
    CountDownLatch held = gate;
    if (held != null) {
      await(held);
    }
    if (silent) {
      exchange.close();
      return;
    }
    Told told = answer(one);
    byte[] bytes = told.body() == null ? new byte[0] : JSON.writeValueAsBytes(told.body());
    exchange
        .getResponseHeaders()
        .set(
            "Content-Type", told.status() >= 400 ? "application/problem+json" : "application/json");
    exchange.sendResponseHeaders(told.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static Asked read(HttpExchange exchange, String body) {
    URI uri = exchange.getRequestURI();
    Map<String, String> query = new LinkedHashMap<>();
    if (uri.getRawQuery() != null) {
      for (String pair : uri.getRawQuery().split("&", -1)) {
        int equals = pair.indexOf('=');
        query.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return new Asked(
        exchange.getRequestMethod(),
        uri.getPath().substring("/v1".length()),
        query,
        exchange.getRequestHeaders().getFirst("Idempotency-Key"),
        body,
        List.of());
  }

  private Told answer(Asked one) {
    List<Route> known;
    synchronized (routes) {
      known = List.copyOf(routes);
    }
    for (Route route : known) {
      Matcher matcher = route.path().matcher(one.path());
      if (route.method().equals(one.method()) && matcher.matches()) {
        List<String> groups = new ArrayList<>();
        for (int group = 1; group <= matcher.groupCount(); group++) {
          groups.add(matcher.group(group));
        }
        return route
            .handler()
            .answer(
                new Asked(one.method(), one.path(), one.query(), one.key(), one.body(), groups));
      }
    }
    return Told.problem(404, "not-found", "There is no " + one.path() + " that you may see.");
  }

  private static void await(CountDownLatch held) {
    try {
      if (!held.await(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a test held answers back and never let them go");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    release();
    server.stop(0);
  }
}
