package io.countersign.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executors;

/// A server that gives prepared answers in turn and remembers what it was asked.
final class StandIn implements AutoCloseable {

  /// What is seen of a request.
  record Seen(String method, String uri, String key, String authorization, String body) {}

  /// @param status 0 drops the connection without an answer
  record Reply(int status, String retryAfter, String body) {

    static Reply of(int status, String body) {
      return new Reply(status, "", body);
    }

    static Reply dropped() {
      return of(0, "");
    }

    static Reply problem(int status, String slug) {
      return of(
          status,
          "{\"type\": \"/problems/" + slug + "\", \"status\": " + status + ", \"available\": 3}");
    }

    Reply after(String retryAfter) {
      return new Reply(status, retryAfter, body);
    }
  }

  private final HttpServer server;
  private final Queue<Reply> replies = new ArrayDeque<>();
  final List<Seen> seen = Collections.synchronizedList(new ArrayList<>());

  StandIn(Reply... replies) throws IOException {
    this.replies.addAll(List.of(replies));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    seen.add(
        new Seen(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")),
            String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
            body));
    Reply reply;
    synchronized (replies) {
      reply = replies.size() > 1 ? replies.remove() : replies.element();
    }
    if (reply.status() == 0) {
      exchange.close();
      return;
    }
    byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    if (!reply.retryAfter().isEmpty()) {
      exchange.getResponseHeaders().set("Retry-After", reply.retryAfter());
    }
    exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
