package io.countersign.server.payments;

import io.countersign.server.api.Answer;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.OncePerKey.Preamble;
import io.countersign.server.api.Problem;
import io.countersign.server.api.RequestContext;
import io.countersign.server.idempotency.Idempotency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Requests whose answer comes after their commit, because a provider is called in between: the
/// key, what it makes and its saga commit first, the answer joins the key when it is given.
@Component
class AnswersLater {

  private static final Duration IN_USE_WAIT = Duration.ofSeconds(2);
  // Every call is answered within 10 s, also when connections are waited for to learn who calls,
  // before the provider is called, and again after it.
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(9);
  private static final String REPLAYED = "Idempotency-Replayed";
  private static final Logger LOG = LoggerFactory.getLogger(AnswersLater.class);

  private final Idempotency idempotency;
  private final UnderWay underWay;

  AnswersLater(Idempotency idempotency, UnderWay underWay) {
    this.idempotency = idempotency;
    this.underWay = underWay;
  }

  /// @param make commits with the key and returns what it made, or throws to refuse
  /// @param drive calls the provider, with no transaction open
  /// @param answer of what was made, as it is now; status 202 while it is not final
  /// @throws io.countersign.server.api.ProblemException 503 `outcome-unknown` when it takes longer
  ///   than a call may: the work goes on, and the key learns of it
  ResponseEntity<byte[]> execute(
      KeyedRequest request,
      Preamble preamble,
      Supplier<UUID> make,
      Consumer<UUID> drive,
      Function<UUID, Answer> answer) {
    long begun = RequestContext.arrivedNanos();
    List<UUID> made = new ArrayList<>();
    boolean goesOn = false;
    try {
      Idempotency.Start start =
          idempotency.start(
              request,
              preamble,
              () -> {
                UUID subject = make.get();
                made.add(subject);
                // Before the commit: a retry that finds the key finds the work under way, too.
                underWay.begin(subject, request);
                return subject;
              });
      return switch (start) {
        case Idempotency.Start.Answered answered -> answered.answer();
        case Idempotency.Start.Fresh fresh -> {
          goesOn = true;
          yield inTime(
              begun,
              () -> {
                try {
                  drive.accept(fresh.subject());
                  return underWay
                      .answer(fresh.subject())
                      .orElseGet(() -> first(give(request, answer.apply(fresh.subject()))));
                } finally {
                  made.forEach(underWay::end);
                }
              });
        }
        case Idempotency.Start.Unanswered first ->
            inTime(begun, () -> again(request, first.subject(), answer));
      };
    } finally {
      if (!goesOn) {
        made.forEach(underWay::end);
      }
    }
  }

  private static ResponseEntity<byte[]> inTime(long begun, Supplier<ResponseEntity<byte[]>> work) {
    @Nullable Map<String, String> logged = MDC.getCopyOfContextMap();
    CompletableFuture<ResponseEntity<byte[]>> answer =
        CompletableFuture.supplyAsync(
            () -> {
              MDC.setContextMap(logged == null ? Map.of() : logged);
              return work.get();
            },
            Thread::startVirtualThread);
    try {
      long left = ANSWER_WITHIN.toNanos() - (System.nanoTime() - begun);
      return answer.get(Math.max(0, left), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("a request failed", e.getCause());
    } catch (TimeoutException e) {
      var _ =
          answer.whenComplete(
              (late, failure) -> {
                if (failure != null) {
                  LOG.warn("work that went on after its request failed", failure);
                }
              });
      throw Idempotency.outcomeUnknown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Idempotency.outcomeUnknown();
    }
  }

  /// Stores the answer of the request that is under way for `subject`, if this server has it, and
  /// starts the window of its keys: within the commit that makes `subject` final.
  void end(int ledger, UUID subject, @Nullable Supplier<Object> body) {
    KeyedRequest request = underWay.request(subject).orElse(null);
    if (request == null || body == null) {
      idempotency.ended(ledger, subject);
      return;
    }
    ResponseEntity<byte[]> given = idempotency.answer(request, Answer.created(body.get()), true);
    if (given.getHeaders().containsHeader(REPLAYED)) {
      // A retry on another server was answered before; its answer began no window.
      idempotency.ended(ledger, subject);
    }
    ResponseEntity<byte[]> stored = first(given);
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            underWay.answered(subject, stored);
          }
        });
  }

  void lock(int ledger, UUID subject) {
    idempotency.lock(ledger, subject);
  }

  private ResponseEntity<byte[]> again(
      KeyedRequest request, UUID subject, Function<UUID, Answer> answer) {
    if (underWay.isHere(subject)) {
      if (!underWay.awaitEnd(subject, IN_USE_WAIT)) {
        throw inUse();
      }
      // The first one has given its answer by now; this finds it.
      Idempotency.Start start = idempotency.start(request, Preamble.NONE, () -> subject);
      if (start instanceof Idempotency.Start.Answered answered) {
        return answered.answer();
      }
    }
    return give(request, answer.apply(subject));
  }

  private ResponseEntity<byte[]> give(KeyedRequest request, Answer answer) {
    return idempotency.answer(request, answer, answer.status() != 202);
  }

  // Stored by the commit that ended the work, maybe; to the one who asked first it is no replay.
  private static ResponseEntity<byte[]> first(ResponseEntity<byte[]> answer) {
    HttpHeaders headers = new HttpHeaders();
    headers.addAll(answer.getHeaders());
    headers.remove(REPLAYED);
    return ResponseEntity.status(answer.getStatusCode()).headers(headers).body(answer.getBody());
  }

  private static RuntimeException inUse() {
    return Problem.of(
            "idempotency-key-in-use",
            409,
            "The first request with this key is still running; repeat with the same key in a"
                + " second.")
        .asException();
  }
}
