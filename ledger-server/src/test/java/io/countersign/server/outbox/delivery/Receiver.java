package io.countersign.server.outbox.delivery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.countersign.model.webhooks.WebhookEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Somebody whom events are sent to, and who answers as a test says.
final class Receiver implements AutoCloseable {

  /// @param headers by name in lower case
  record Call(String path, Map<String, String> headers, String text) {

    JsonNode json() {
      return JsonMapper.shared().readTree(text);
    }

    String id() {
      return headers.getOrDefault("webhook-id", "");
    }

    String type() {
      return json().path("type").asString("");
    }

    WebhookEvent event() {
      return JsonMapper.shared().readValue(text, WebhookEvent.class);
    }

    byte[] body() {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  /// An answer: a status, and headers after it.
  record Reply(int status, Map<String, String> headers) {
    static Reply of(int status) {
      return new Reply(status, Map.of());
    }
  }

  final List<Call> calls = new CopyOnWriteArrayList<>();
  volatile Function<Call, Reply> answer = call -> Reply.of(204);

  private final HttpServer server;

  Receiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::receive);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + port() + "/hooks";
  }

  int port() {
    return server.getAddress().getPort();
  }

  /// The ids of what was sent here, in the order in which it came.
  List<String> ids() {
    return calls.stream().map(Call::id).toList();
  }

  List<String> types() {
    return calls.stream().map(Call::type).toList();
  }

  private void receive(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
    Call call =
        new Call(
            exchange.getRequestURI().toString(),
            headers,
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    calls.add(call);
    Reply reply = answer.apply(call);
    reply.headers().forEach(exchange.getResponseHeaders()::add);
    exchange.sendResponseHeaders(reply.status(), -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
