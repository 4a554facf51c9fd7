package io.countersign.server.chaos;

import io.countersign.server.testing.TestApi;
import io.countersign.server.testing.TestApi.Reply;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A client as the contract wants them: whatever it does not learn it asks again, under the same
/// key, at whichever server answers.
final class Shopper {

  /// Within which every call is to be answered, and what the way may take on a busy machine.
  static final Duration DEADLINE = Duration.ofSeconds(10).plusSeconds(2);

  private static final String MAIN = "/v1/ledgers/main";
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Duration PAUSE = Duration.ofMillis(300);
  private static final long THINKS_MILLIS_MAX = 2500;

  /// Silent ones are rare in life; here they are one in nine, and people decide about them.
  private static final List<String> TOKENS =
      List.of(
          "tok_ok",
          "tok_ok",
          "tok_slow",
          "tok_declined",
          "tok_charged_no_answer",
          "tok_not_charged_no_answer",
          "tok_late_webhook",
          "tok_flaky",
          "tok_silent");

  private static final List<String> REFUND_REASONS =
      List.of("returned", "returned tok_flaky", "returned tok_charged_no_answer", "too slow");

  /// A call and how it ended, if only because the server was killed.
  record Call(String what, Duration took) {}

  /// What was asked and became a payment, and maybe a transfer to the branch.
  record Made(String payment, @Nullable String transfer) {}

  private final Stage stage;
  private final Random random;
  private final ConcurrentLinkedQueue<Call> calls;

  Shopper(Stage stage, long seed, ConcurrentLinkedQueue<Call> calls) {
    this.stage = stage;
    this.random = new Random(seed);
    this.calls = calls;
  }

  /// Thinks, pays once, and now and then wants some of it back or sends money to the branch.
  Made shop(int number) {
    LockSupport.parkNanos(Duration.ofMillis(random.nextLong(THINKS_MILLIS_MAX)).toNanos());
    String token = TOKENS.get(number % TOKENS.size());
    Reply paid =
        insist(
            "integrator",
            "pay-" + number,
            MAIN + "/payments",
            """
            {"amount": {"minorUnits": %d, "currency": "EUR"}, "merchantAccount": "merchants:chaos",
             "provider": "sandbox", "paymentMethod": "%s"}
            """
                .formatted(100 + number, token));
    if (paid.status() != 201 && paid.status() != 202) {
      throw new AssertionError("payment " + number + ": " + paid);
    }
    String id = paid.text("id");
    if (random.nextInt(3) == 0) {
      wantBack(number, id);
    }
    return new Made(id, random.nextInt(4) == 0 ? send(number) : null);
  }

  /// Some get a refusal: the card was declined, or nobody knows yet.
  private void wantBack(int number, String payment) {
    String reason = REFUND_REASONS.get(random.nextInt(REFUND_REASONS.size()));
    boolean part = random.nextBoolean();
    Reply refund =
        insist(
            "integrator",
            "back-" + number,
            MAIN + "/payments/" + payment + "/refunds",
            part
                ? """
                {"amount": {"minorUnits": %d, "currency": "EUR"}, "reason": "%s"}
                """
                    .formatted(40, reason)
                : """
                {"reason": "%s", "ifCharged": true}
                """
                    .formatted(reason));
    if (!List.of(201, 202, 409, 422).contains(refund.status())) {
      throw new AssertionError("refund of " + payment + ": " + refund);
    }
  }

  private String send(int number) {
    Reply sent = insist(Branch.SENDER, "send-" + number, "/v1/transfers", Branch.transfer());
    if (sent.status() != 202) {
      throw new AssertionError("transfer " + number + ": " + sent);
    }
    return sent.text("sagaId");
  }

  private Reply insist(String user, String key, String path, String body) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      TestApi.Calls server = stage.api(random.nextInt(Stage.SERVERS)).as(user).withKey(key);
      long asked = System.nanoTime();
      try {
        Reply reply = server.post(path, body);
        took(key + ": " + reply, asked);
        boolean isToBeRepeated =
            reply.status() == 503 || reply.problem().equals("idempotency-key-in-use");
        if (!isToBeRepeated) {
          return reply;
        }
      } catch (UncheckedIOException killed) {
        took(key + ": " + killed, asked);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    throw new AssertionError(key + " waits for ever");
  }

  private void took(String what, long since) {
    calls.add(new Call(what, Duration.ofNanos(System.nanoTime() - since)));
  }
}
