package io.countersign.server.payments.provider;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Stands in for the part of Stripe's HTTP API that payments use, as its reference describes it:
/// intents, refunds, search that lags, idempotency keys. Keeps state; misbehaves as it is told.
///
/// What a card does goes by the payment method: [#DECLINED], [#ACTION], [#ACTION_ALL_THE_SAME],
/// [#PROCESSING], [#UNKNOWN]; any other is charged.
public final class StripeStandIn implements AutoCloseable {

  static final String DECLINED = "pm_card_visa_chargeDeclined";
  static final String ACTION = "pm_card_authenticationRequired";
  static final String ACTION_ALL_THE_SAME = "pm_action_all_the_same";
  static final String PROCESSING = "pm_processing";
  static final String UNKNOWN = "pm_nobody_knows";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// What goes wrong with one answer.
  ///
  /// @param path how the path of the request ends, such as `/confirm`
  /// @param effective whether the request has its effect before
  public record Fault(String path, boolean effective, Answer answer) {}

  /// How a fault answers.
  @FunctionalInterface
  public interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  /// A request as it came.
  ///
  /// @param key blank when it had none
  public record Seen(String method, String path, String key, Map<String, String> parameters) {}

  private record Kept(String fingerprint, int status, String body) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Map<String, Object>> intents = new ConcurrentHashMap<>();
  private final Map<String, Map<String, Object>> refunds = new ConcurrentHashMap<>();
  private final Map<String, Kept> keys = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();
  private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();

  final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final List<Map<String, Object>> balance = new CopyOnWriteArrayList<>();

  /// Whether the search has caught up.
  volatile boolean searchable = true;

  private volatile String secretKey = "sk_test_right";

  private volatile Duration latency = Duration.ZERO;

  private StripeStandIn(HttpServer server) {
    this.server = server;
  }

  public static StripeStandIn start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
      StripeStandIn stripe = new StripeStandIn(server);
      server.setExecutor(stripe.threads);
      server.createContext("/v1/", stripe::handle);
      server.start();
      return stripe;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// The next request whose path ends so goes wrong.
  public void fail(String path, boolean effective, Answer answer) {
    faults.add(new Fault(path, effective, answer));
  }

  /// What is to go wrong from now on: nothing.
  public void forget() {
    faults.clear();
  }

  /// Books a charge on the balance.
  void book(long number, String currency, String key) {
    Map<String, Object> charge = new LinkedHashMap<>();
    charge.put("id", "ch_" + number);
    charge.put("object", "charge");
    charge.put("payment_intent", "pi_" + number);
    charge.put("metadata", Map.of(StripeIntents.KEY, key));
    Map<String, Object> booked = new LinkedHashMap<>();
    booked.put("id", "txn_" + number);
    booked.put("object", "balance_transaction");
    booked.put("type", "charge");
    booked.put("amount", 100 + number);
    booked.put("fee", 30L);
    booked.put("net", 70 + number);
    booked.put("currency", currency);
    booked.put("created", 1_764_000_000L + number);
    booked.put("available_on", 1_764_600_000L);
    booked.put("source", charge);
    balance.add(booked);
  }

  /// As a key that was rolled.
  public void refuseKeys() {
    secretKey = "another";
  }

  public void acceptKeys() {
    secretKey = "sk_test_right";
  }

  public List<Seen> requests() {
    return List.copyOf(seen);
  }

  /// What cards were charged less what was given back, of all intents under this key.
  public long moved(String key) {
    return intents.values().stream()
        .filter(intent -> key.equals(metadata(intent).get(StripeIntents.KEY)))
        .mapToLong(intent -> number(intent, "amount_received") - refunded(text(intent, "id")))
        .sum();
  }

  public int intents(String key) {
    return (int)
        intents.values().stream()
            .filter(intent -> key.equals(metadata(intent).get(StripeIntents.KEY)))
            .count();
  }

  Collection<Map<String, Object>> intents() {
    return intents.values();
  }

  Map<String, Object> onlyIntent() {
    return intents.values().stream().reduce((a, b) -> unexpected()).orElseThrow();
  }

  Collection<Map<String, Object>> refunds() {
    return refunds.values();
  }

  private static Map<String, Object> unexpected() {
    throw new AssertionError("there is more than one");
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String query = exchange.getRequestURI().getRawQuery();
    Map<String, String> parameters = form(body.isEmpty() && query != null ? query : body);
    String path = exchange.getRequestURI().getPath();
    String key =
        Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Idempotency-Key"), "");
    seen.add(new Seen(exchange.getRequestMethod(), path, key, parameters));
    pause();
    @Nullable Fault fault =
        faults.stream().filter(it -> path.endsWith(it.path())).findFirst().orElse(null);
    if (fault != null && faults.remove(fault)) {
      if (fault.effective()) {
        answer(exchange, path, key, parameters);
      }
      fault.answer().to(exchange);
      return;
    }
    Kept answer = answer(exchange, path, key, parameters);
    send(exchange, answer.status(), answer.body());
  }

  private void pause() {
    try {
      Thread.sleep(latency);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Kept answer(
      HttpExchange exchange, String path, String key, Map<String, String> parameters) {
    String wanted = "Bearer " + secretKey;
    if (!wanted.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      return error(401, "invalid_request_error", "api_key", "Invalid API Key: sk_test_***ong");
    }
    if (!exchange.getRequestMethod().equals("POST") || key.isEmpty()) {
      return execute(exchange.getRequestMethod(), path, parameters);
    }
    String fingerprint = path + parameters;
    synchronized (this) {
      Kept kept = keys.get(key);
      if (kept != null) {
        return kept.fingerprint().equals(fingerprint)
            ? kept
            : error(400, "idempotency_error", null, "The key was used with other parameters");
      }
      Kept fresh = execute(exchange.getRequestMethod(), path, parameters);
      // What fails validation is not kept, as the reference says.
      if (fresh.status() != 400 && fresh.status() != 404) {
        keys.put(key, new Kept(fingerprint, fresh.status(), fresh.body()));
      }
      return fresh;
    }
  }

  private synchronized Kept execute(String method, String path, Map<String, String> parameters) {
    String[] parts = path.split("/", -1);
    return switch (method + " " + parts[2] + " " + (parts.length > 4 ? parts[4] : "")) {
      case "POST payment_intents " -> create(parameters);
      case "GET payment_intents " ->
          parts[3].equals("search") ? search(parameters) : with(parts[3], intent -> ok(intent));
      case "POST payment_intents confirm" -> with(parts[3], it -> confirm(it, parameters));
      case "POST payment_intents cancel" -> with(parts[3], this::cancel);
      case "POST refunds " -> refund(parameters);
      case "GET refunds " -> list(refundsOf(parameters), parameters);
      case "GET balance_transactions " -> list(balance, parameters);
      default -> error(404, "invalid_request_error", "url_invalid", "Unrecognized request URL");
    };
  }

  private Kept create(Map<String, String> parameters) {
    if (UNKNOWN.equals(parameters.get("payment_method"))) {
      return error(400, "invalid_request_error", "resource_missing", "No such PaymentMethod");
    }
    Map<String, Object> intent = new LinkedHashMap<>();
    String id = "pi_" + number();
    intent.put("id", id);
    intent.put("object", "payment_intent");
    intent.put("amount", Long.parseLong(parameters.get("amount")));
    intent.put("amount_received", 0L);
    intent.put("currency", parameters.get("currency"));
    intent.put("created", 1_764_000_000L);
    intent.put("payment_method", parameters.get("payment_method"));
    intent.put("metadata", metadataOf(parameters));
    intent.put("status", "requires_confirmation");
    intent.put("last_payment_error", null);
    intents.put(id, intent);
    return ok(intent);
  }

  private Kept confirm(Map<String, Object> intent, Map<String, String> parameters) {
    if (!"requires_confirmation".equals(intent.get("status"))) {
      return unexpectedState(intent);
    }
    boolean erring = "true".equals(parameters.get("error_on_requires_action"));
    return switch (String.valueOf(intent.get("payment_method"))) {
      case DECLINED -> declined(intent, "card_declined", "generic_decline");
      case ACTION ->
          erring
              ? declined(intent, "authentication_required", "authentication_required")
              : ok(set(intent, "requires_action"));
      case ACTION_ALL_THE_SAME -> ok(set(intent, "requires_action"));
      case PROCESSING -> ok(set(intent, "processing"));
      default -> ok(chargeLate(intent));
    };
  }

  /// Puts an intent into a state that no confirmation of ours would leave it in.
  static Map<String, Object> set(Map<String, Object> intent, String status) {
    intent.put("status", status);
    return intent;
  }

  /// Charges an intent as if its confirmation had arrived only now.
  static Map<String, Object> chargeLate(Map<String, Object> intent) {
    intent.put("amount_received", intent.get("amount"));
    return set(intent, "succeeded");
  }

  private static Kept declined(Map<String, Object> intent, String code, String reason) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("type", "card_error");
    error.put("code", code);
    error.put("decline_code", reason);
    error.put("message", "Your card was declined.");
    intent.put("status", "requires_payment_method");
    intent.put("last_payment_error", new LinkedHashMap<>(error));
    error.put("payment_intent", intent);
    return new Kept("", 402, JSON.writeValueAsString(Map.of("error", error)));
  }

  private Kept cancel(Map<String, Object> intent) {
    String status = String.valueOf(intent.get("status"));
    if (status.equals("succeeded") || status.equals("processing") || status.equals("canceled")) {
      return unexpectedState(intent);
    }
    intent.put("status", "canceled");
    return ok(intent);
  }

  private static Kept unexpectedState(Map<String, Object> intent) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("type", "invalid_request_error");
    error.put("code", "payment_intent_unexpected_state");
    error.put("message", "It has a status of " + intent.get("status"));
    error.put("payment_intent", intent);
    return new Kept("", 400, JSON.writeValueAsString(Map.of("error", error)));
  }

  private Kept search(Map<String, String> parameters) {
    String query = parameters.getOrDefault("query", "");
    List<Map<String, Object>> found =
        intents.values().stream()
            .filter(it -> searchable)
            .filter(
                it ->
                    query.equals(
                        "metadata[\"countersign_key\"]:\""
                            + metadata(it).get(StripeIntents.KEY)
                            + "\""))
            .toList();
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("object", "search_result");
    result.put("data", found);
    result.put("has_more", false);
    result.put("url", "/v1/payment_intents/search");
    return ok(result);
  }

  private Kept refund(Map<String, String> parameters) {
    String of = parameters.getOrDefault("payment_intent", "");
    Map<String, Object> intent = intents.get(of);
    if (intent == null) {
      return error(404, "invalid_request_error", "resource_missing", "No such payment_intent");
    }
    long amount = Long.parseLong(parameters.get("amount"));
    if (refunded(of) + amount > number(intent, "amount_received")) {
      return error(400, "invalid_request_error", "charge_already_refunded", "Too much");
    }
    Map<String, Object> refund = new LinkedHashMap<>();
    refund.put("id", "re_" + number());
    refund.put("object", "refund");
    refund.put("amount", amount);
    refund.put("currency", intent.get("currency"));
    refund.put("created", 1_764_000_100L);
    refund.put("payment_intent", of);
    refund.put("metadata", metadataOf(parameters));
    refund.put("status", "succeeded");
    refunds.put(text(refund, "id"), refund);
    return ok(refund);
  }

  private long refunded(String intent) {
    return refunds.values().stream()
        .filter(it -> intent.equals(it.get("payment_intent")))
        .filter(it -> !"failed".equals(it.get("status")))
        .mapToLong(it -> number(it, "amount"))
        .sum();
  }

  private List<Map<String, Object>> refundsOf(Map<String, String> parameters) {
    String of = parameters.get("payment_intent");
    return refunds.values().stream()
        .filter(it -> text(it, "payment_intent").equals(of))
        .sorted(Comparator.comparing(it -> text(it, "id"), Comparator.reverseOrder()))
        .toList();
  }

  private static Kept list(List<Map<String, Object>> all, Map<String, String> parameters) {
    String after = parameters.get("starting_after");
    int from = 0;
    while (after != null && !after.equals(all.get(from++).get("id"))) {}
    int limit = Integer.parseInt(parameters.getOrDefault("limit", "10"));
    List<Map<String, Object>> page = all.subList(from, Math.min(all.size(), from + limit));
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("object", "list");
    result.put("data", page);
    result.put("has_more", from + limit < all.size());
    result.put("url", "/v1/list");
    return ok(result);
  }

  private Kept with(String id, java.util.function.Function<Map<String, Object>, Kept> work) {
    Map<String, Object> intent = intents.get(id);
    return intent == null
        ? error(404, "invalid_request_error", "resource_missing", "No such payment_intent: " + id)
        : work.apply(intent);
  }

  private static Kept ok(Map<String, Object> object) {
    return new Kept("", 200, JSON.writeValueAsString(object));
  }

  static Answer error(int status, String type, @Nullable String code) {
    Kept answer = error(status, type, code, "as the test says");
    return exchange -> send(exchange, answer.status(), answer.body());
  }

  private static Kept error(int status, String type, @Nullable String code, String message) {
    Map<String, Object> error = new HashMap<>();
    error.put("type", type);
    error.put("code", code);
    error.put("message", message);
    return new Kept("", status, JSON.writeValueAsString(Map.of("error", error)));
  }

  static void send(HttpExchange exchange, int status, String body) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.getResponseHeaders().add("Request-Id", "req_" + UUID.randomUUID());
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> metadata(Map<String, Object> object) {
    return (Map<String, String>) Objects.requireNonNull(object.get("metadata"));
  }

  private static long number(Map<String, Object> object, String field) {
    return (long) Objects.requireNonNull(object.get(field));
  }

  private static String text(Map<String, Object> object, String field) {
    return (String) Objects.requireNonNull(object.get(field));
  }

  private static Map<String, String> metadataOf(Map<String, String> parameters) {
    Map<String, String> metadata = new LinkedHashMap<>();
    String start = "metadata[";
    parameters.forEach(
        (name, value) -> {
          if (name.startsWith(start)) {
            metadata.put(name.substring(start.length(), name.length() - 1), value);
          }
        });
    return metadata;
  }

  private static Map<String, String> form(String encoded) {
    Map<String, String> form = new LinkedHashMap<>();
    for (String pair : new ArrayList<>(List.of(encoded.split("&", -1)))) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 2) {
        form.put(decode(parts[0]), decode(parts[1]));
      }
    }
    return form;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private String number() {
    return "%08d".formatted(numbers.incrementAndGet());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
