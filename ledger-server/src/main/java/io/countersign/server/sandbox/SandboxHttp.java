package io.countersign.server.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.countersign.server.sandbox.Operation.Kind;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The acquirer's HTTP face, on the loopback address alone.
final class SandboxHttp implements AutoCloseable {

  private static final Logger LOG = System.getLogger(SandboxHttp.class.getName());
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int BODY_BYTES_MAX = 64 * 1024;
  private static final int BACKLOG = 1024;

  static {
    // Read once by the JDK's server: no 40 ms waits for an acknowledgement, and no pooled
    // connection
    // closed under a client only because many are open.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "4000");
  }

  private final ProviderApi provider;
  private final Inspection inspection;
  private final Latency latency;
  private final Duration hang;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  SandboxHttp(SandboxSettings settings, ProviderApi provider, Inspection inspection)
      throws IOException {
    this.provider = provider;
    this.inspection = inspection;
    this.latency = settings.latency();
    this.hang = settings.hang();
    this.server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), settings.port()), BACKLOG);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      perform(reaction(exchange), exchange);
    } catch (InterruptedException e) {
      // Shutting down: the connection closes without an answer, which is what a crash looks like.
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "no answer to " + exchange.getRequestURI(), e);
      throw e;
    }
  }

  private Reaction reaction(HttpExchange exchange) throws IOException, InterruptedException {
    byte[] body = exchange.getRequestBody().readNBytes(BODY_BYTES_MAX + 1);
    try {
      if (body.length > BODY_BYTES_MAX) {
        throw Refusal.invalid("a body has at most " + BODY_BYTES_MAX + " bytes");
      }
      return route(exchange, body);
    } catch (Refusal refusal) {
      return Reaction.json(
          refusal.status(), Map.of("error", refusal.error(), "detail", refusal.detail()));
    }
  }

  private Reaction route(HttpExchange exchange, byte[] body) throws InterruptedException {
    String path = exchange.getRequestURI().getPath();
    List<String> parts = List.of(path.substring(1).split("/", -1));
    return switch (parts.getFirst() + "/" + (parts.size() > 1 ? parts.get(1) : "")) {
      case "v1/charges" -> provider(Kind.CHARGE, exchange, parts, body);
      case "v1/refunds" -> provider(Kind.REFUND, exchange, parts, body);
      case "sandbox/health" -> inspect(exchange, inspection.health());
      case "sandbox/charges" -> inspect(exchange, inspection.charges(query(exchange).get("key")));
      case "sandbox/settlements" ->
          inspect(
              exchange,
              inspection.settlement(parts.size() == 3 ? parts.get(2) : "", query(exchange)));
      default -> throw Refusal.noSuchPage(path);
    };
  }

  private static Reaction inspect(HttpExchange exchange, Reaction found) {
    if (!exchange.getRequestMethod().equals("GET")) {
      throw Refusal.methodNotAllowed(exchange.getRequestMethod());
    }
    return found;
  }

  private Reaction provider(Kind kind, HttpExchange exchange, List<String> parts, byte[] body)
      throws InterruptedException {
    String method = exchange.getRequestMethod();
    String key =
        Order.validKey(
            parts.size() > 2
                ? parts.get(2)
                : exchange.getRequestHeaders().getFirst("Idempotency-Key"));
    Thread.sleep(latency.of(method + " " + kind + " " + key));
    if (method.equals("POST") && parts.size() == 2) {
      return provider.submit(order(kind, key, body));
    }
    if (method.equals("GET") && parts.size() == 3) {
      return provider.lookUp(kind, key);
    }
    if (method.equals("POST") && parts.size() == 4 && parts.get(3).equals("cancel")) {
      return provider.cancel(kind, key, Json.read(body, ProviderApi.CancelBody.class));
    }
    throw Refusal.noSuchPage(method + " " + exchange.getRequestURI().getPath());
  }

  private static Order order(Kind kind, String key, byte[] body) {
    return kind == Kind.CHARGE
        ? Order.charge(key, Json.read(body, Order.ChargeBody.class))
        : Order.refund(key, Json.read(body, Order.RefundBody.class));
  }

  private void perform(Reaction reaction, HttpExchange exchange)
      throws IOException, InterruptedException {
    switch (reaction) {
      case Reaction.Answer answer -> answer(exchange, answer);
      // Closing the exchange before its headers are sent closes the connection itself.
      case Reaction.Drop drop -> exchange.close();
      case Reaction.Hang held -> Thread.sleep(hang);
      case Reaction.After after -> {
        Thread.sleep(after.delay());
        perform(after.then(), exchange);
      }
    }
  }

  private static void answer(HttpExchange exchange, Reaction.Answer answer) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> query = new HashMap<>();
    String raw = exchange.getRequestURI().getRawQuery();
    for (String pair : raw == null ? List.<String>of() : List.of(raw.split("&", -1))) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        query.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return query;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
