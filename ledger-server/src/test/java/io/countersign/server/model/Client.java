package io.countersign.server.model;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/// A client that loses replies, sends twice at once, and repeats blindly with the same key until it
/// knows.
///
/// @param address of the ledger's resources
/// @param integrator what moves money authenticates with
/// @param operator what freezes accounts authenticates with
/// @param administrator who closes months and proposes to reopen them
/// @param approver who agrees to that
/// @param complaints what no client should ever have been answered
record Client(
    String address,
    String integrator,
    String operator,
    String administrator,
    String approver,
    Queue<String> complaints) {

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  // Every call is answered within 10 s; the rest is for a machine that is busy with other things.
  private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(15);
  private static final Duration SETTLED_WITHIN = Duration.ofMinutes(2);
  private static final int LOST_PERCENT = 6;
  private static final int TWICE_PERCENT = 6;
  private static final List<String> INTERNALS =
      List.of("40001", "40P01", "deadlock", "serialize", "SQL", "Exception");

  static Client of(
      String address, String integrator, String operator, String administrator, String approver) {
    return new Client(
        address, integrator, operator, administrator, approver, new ConcurrentLinkedQueue<>());
  }

  /// What agrees to a proposal to reopen a month.
  Operation agreement(Observed proposed) throws InterruptedException {
    Operation.Reopen reopen = (Operation.Reopen) proposed.operation();
    String approval = proposed.body().path("approvalId").asString("");
    Instant deadline = Instant.now().plus(SETTLED_WITHIN);
    while (Instant.now().isBefore(deadline)) {
      try {
        Answer shown = get("/approvals/" + approval, approver);
        if (shown.status() == 200) {
          String hash = shown.json().path("contentHash").asString("");
          return new Operation.Agree(reopen.key() + "-agreed", reopen.month(), approval, hash);
        }
      } catch (IOException down) {
        // It comes back.
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new AssertionError("approval " + approval + " is not shown");
  }

  /// Repeats until the outcome is known.
  Observed settle(Operation operation, Random random) throws InterruptedException {
    Instant invoked = Instant.now();
    while (true) {
      try {
        Answer answer = attempt(operation, random);
        if (answer.isFinal(operation)) {
          return new Observed(
              operation, invoked, Instant.now(), answer.status(), answer.body(), answer.json());
        }
      } catch (IOException lost) {
        // Whether it had an effect is what the next attempt finds out.
      }
      if (Instant.now().isAfter(invoked.plus(SETTLED_WITHIN))) {
        throw new AssertionError("no final answer to " + operation + "; " + complaints);
      }
      TimeUnit.MILLISECONDS.sleep(5 + random.nextInt(60));
    }
  }

  /// Sends once and waits for the answer.
  Answer send(Operation operation) throws IOException, InterruptedException {
    return answer(operation, HTTP.send(request(operation, PATIENCE), text()));
  }

  /// Reads what is under the ledger.
  Answer get(String path) throws IOException, InterruptedException {
    return get(path, integrator);
  }

  private Answer get(String path, String token) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token)
            .build();
    HttpResponse<String> response = HTTP.send(request, text());
    return new Answer(response.statusCode(), response.body(), false);
  }

  private Answer attempt(Operation operation, Random random)
      throws IOException, InterruptedException {
    int drawn = random.nextInt(100);
    if (drawn < LOST_PERCENT) {
      Duration impatient = Duration.ofMillis(1 + random.nextInt(20));
      return answer(operation, HTTP.send(request(operation, impatient), text()));
    }
    if (drawn < LOST_PERCENT + TWICE_PERCENT) {
      return twice(operation);
    }
    Instant start = Instant.now();
    Answer answer = send(operation);
    if (Duration.between(start, Instant.now()).compareTo(ANSWERED_WITHIN) > 0) {
      complaints.add("answered after more than " + ANSWERED_WITHIN + ": " + operation);
    }
    return answer;
  }

  private Answer twice(Operation operation) throws IOException, InterruptedException {
    var other = HTTP.sendAsync(request(operation, PATIENCE), text());
    Answer mine;
    try {
      mine = send(operation);
    } finally {
      other.exceptionally(lost -> null).join();
    }
    if (other.isCompletedExceptionally()) {
      return mine;
    }
    Answer its = answer(operation, other.join());
    boolean comparable =
        mine.isFinal(operation) && its.isFinal(operation) && !isEachForItself(operation);
    if (comparable && (mine.status() != its.status() || !mine.body().equals(its.body()))) {
      complaints.add("two answers to " + operation + ": " + mine + " and " + its);
    }
    return mine;
  }

  private Answer answer(Operation operation, HttpResponse<String> response) {
    String body = response.body();
    boolean unexpected =
        response.statusCode() == 500
            || response.statusCode() == 400
            || (response.statusCode() >= 400 && INTERNALS.stream().anyMatch(body::contains));
    if (unexpected || body.contains("\"status\":500")) {
      complaints.add("answered " + response.statusCode() + " " + body + " to " + operation);
    }
    return new Answer(
        response.statusCode(),
        body,
        response.headers().firstValue("Idempotency-Replayed").isPresent());
  }

  private HttpRequest request(Operation operation, Duration patience) {
    return HttpRequest.newBuilder(URI.create(address + operation.path()))
        .timeout(patience)
        .header("Authorization", "Bearer " + token(operation))
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", operation.key())
        .POST(BodyPublishers.ofString(operation.body()))
        .build();
  }

  private String token(Operation operation) {
    return switch (operation) {
      case Operation.Status status -> operator;
      case Operation.Close close -> administrator;
      case Operation.Reopen reopen -> administrator;
      case Operation.Agree agree -> approver;
      default -> integrator;
    };
  }

  private static boolean isEachForItself(Operation operation) {
    return operation instanceof Operation.Batch batch && !batch.atomic();
  }

  private static HttpResponse.BodyHandler<String> text() {
    return BodyHandlers.ofString(StandardCharsets.UTF_8);
  }
}
