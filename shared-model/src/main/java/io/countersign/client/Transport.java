package io.countersign.client;

import io.countersign.model.ProblemDocument;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Sends calls and reads answers. Retries what may be retried, under the key it began with.
final class Transport implements AutoCloseable {

  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);
  // It counts from the first byte that is sent, and a file may be large.
  private static final Duration UPLOAD_TIMEOUT = Duration.ofMinutes(15);
  private static final String FILE = "application/octet-stream";

  private final URI server;
  private final Retries retries;
  private final InstantSource clock;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final JsonMapper json = JsonMapper.builder().build();
  private final RandomGenerator random = RandomGenerator.getDefault();
  private volatile @Nullable String credential;

  Transport(URI server, Retries retries, InstantSource clock) {
    this.server = server;
    this.retries = retries;
    this.clock = clock;
  }

  void authorize(@Nullable String credential) {
    this.credential = credential;
  }

  <T> T get(String path, Query query, TypeReference<T> type) {
    return read(send(Call.get(path, query)), type);
  }

  void delete(String path) {
    send(Call.delete(path));
  }

  <T> T patch(String path, Object body, TypeReference<T> type) {
    return read(send(call("PATCH", path, body, null, true)), type);
  }

  <T> T post(String path, Object body, Intent intent, TypeReference<T> type) {
    return read(exchange(path, body, intent), type);
  }

  HttpResponse<byte[]> exchange(String path, Object body, Intent intent) {
    return send(call("POST", path, body, intent, true));
  }

  /// For the few that take no key; sent once.
  <T> T postOnce(String path, Object body, TypeReference<T> type) {
    return read(send(call("POST", path, body, null, false)), type);
  }

  /// For a file whose own identity makes it idempotent.
  <T> T upload(String path, Query query, byte[] file, TypeReference<T> type) {
    return upload(path, query, BodyPublishers.ofByteArray(file), type);
  }

  /// As above, read while it is sent.
  <T> T upload(String path, Query query, Path file, TypeReference<T> type) {
    try {
      return upload(path, query, BodyPublishers.ofFile(file), type);
    } catch (FileNotFoundException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private <T> T upload(String path, Query query, BodyPublisher file, TypeReference<T> type) {
    return read(send(new Call("POST", path, query, file, FILE, null, true)), type);
  }

  private Call call(
      String method, String path, Object body, @Nullable Intent intent, boolean repeatable) {
    return new Call(
        method,
        path,
        Query.ALL,
        BodyPublishers.ofByteArray(json.writeValueAsBytes(body)),
        "application/json",
        intent,
        repeatable);
  }

  <T> T read(HttpResponse<byte[]> answer, TypeReference<T> type) {
    return json.readValue(answer.body(), type);
  }

  private HttpResponse<byte[]> send(Call call) {
    HttpRequest request = request(call);
    for (int failed = 1; ; failed++) {
      Duration retryAfter;
      try {
        HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() < 400) {
          return answer;
        }
        ProblemDocument problem = problem(answer);
        retryAfter = retryAfter(answer);
        if (!call.repeatable() || !passes(problem) || !retries.allows(failed, retryAfter)) {
          throw new ProblemAnswer(problem);
        }
      } catch (IOException e) {
        retryAfter = null;
        if (!call.repeatable() || !retries.allows(failed, null)) {
          throw new NoAnswer("No answer from " + server + " (" + describe(e) + ")", e);
        }
      } catch (InterruptedException e) {
        throw new CallInterrupted(e);
      }
      pause(retries.pause(failed, retryAfter, random));
    }
  }

  private HttpRequest request(Call call) {
    String query = call.query().encoded();
    String base = server.toString().replaceAll("/+$", "");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(base + call.path() + (query.isEmpty() ? "" : "?" + query)))
            .timeout(FILE.equals(call.contentType()) ? UPLOAD_TIMEOUT : ANSWER_TIMEOUT)
            .header("Accept", "application/json, application/problem+json")
            .method(call.method(), call.body());
    if (call.contentType() != null) {
      request.header("Content-Type", call.contentType());
    }
    if (call.intent() != null) {
      request.header("Idempotency-Key", call.intent().key());
    }
    String bearer = credential;
    if (bearer != null) {
      request.header("Authorization", "Bearer " + bearer);
    }
    return request.build();
  }

  /// Whether the refusal may pass by waiting: it did not decide anything about the request.
  private static boolean passes(ProblemDocument problem) {
    return problem.status() == 429
        || problem.status() == 503
        || problem.slug().equals("idempotency-key-in-use");
  }

  private ProblemDocument problem(HttpResponse<byte[]> answer) {
    String contentType = answer.headers().firstValue("Content-Type").orElse("");
    if (contentType.contains("json")) {
      try {
        return json.readValue(answer.body(), ProblemDocument.class);
      } catch (JacksonException e) {
        // Not a problem document after all: described by its status below.
      }
    }
    return new ProblemDocument(
        "about:blank",
        null,
        answer.statusCode(),
        "The server answered with status " + answer.statusCode() + " and no explanation.",
        null,
        List.of(),
        Map.of());
  }

  /// Seconds or a date, RFC 9110 section 10.2.3.
  private @Nullable Duration retryAfter(HttpResponse<?> answer) {
    String value = answer.headers().firstValue("Retry-After").orElse("").strip();
    if (value.isEmpty()) {
      return null;
    }
    if (value.length() < 10 && value.chars().allMatch(Character::isDigit)) {
      return Duration.ofSeconds(Long.parseLong(value));
    }
    try {
      Instant until = DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from);
      Duration wait = Duration.between(clock.instant(), until);
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeException unreadable) {
      return null;
    }
  }

  private static String describe(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private static void pause(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      throw new CallInterrupted(e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
