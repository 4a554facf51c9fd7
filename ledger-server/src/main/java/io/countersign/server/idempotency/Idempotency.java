package io.countersign.server.idempotency;

import io.countersign.server.api.Answer;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.OncePerKey;
import io.countersign.server.api.Problem;
import io.countersign.server.api.ProblemException;
import io.countersign.server.api.Problems;
import io.countersign.server.database.Failures;
import io.countersign.server.database.OutcomeUnknown;
import io.countersign.server.database.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Makes a retried POST harmless: key, fingerprint, effect and answer are one commit.
///
/// A refusal thrown by an effect undoes all it wrote and is stored in a commit of its own. Should
/// another request with the key come in between, on another server, its answer is the first one and
/// is what both get.
@Component
public class Idempotency implements OncePerKey {

  /// What a key stands for when its answer comes later than its commit.
  public sealed interface Start {
    /// This request is the first: the subject was made and committed just now.
    record Fresh(UUID subject) implements Start {}

    /// An earlier request made the subject; its answer is still to come.
    record Unanswered(UUID subject) implements Start {}

    /// An earlier request was answered; this is its answer again.
    record Answered(ResponseEntity<byte[]> answer) implements Start {}
  }

  private static final int ATTEMPTS_MAX = 4;
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final Duration WAIT_TO_ENTER = Duration.ofSeconds(3);
  // Every call is answered within 10 s, and one more attempt may wait 3 s for a connection.
  private static final Duration LEARN_WITHIN = Duration.ofSeconds(4);

  private final KeyStore store;
  private final Transactions transactions;
  private final AnswerWriter writer;
  private final IdempotencyProperties properties;
  private final Clock clock;
  private final Flights flights;
  private final Semaphore working;

  Idempotency(
      KeyStore store,
      Transactions transactions,
      AnswerWriter writer,
      IdempotencyProperties properties,
      Flights flights,
      Clock clock) {
    this.store = store;
    this.transactions = transactions;
    this.writer = writer;
    this.properties = properties;
    this.clock = clock;
    this.flights = flights;
    this.working = new Semaphore(properties.atOnce(), true);
  }

  @Override
  public ResponseEntity<byte[]> execute(KeyedRequest request, Preamble preamble, Effect effect) {
    Landing landing =
        flights.lead(
            request,
            () -> {
              try {
                return commit(() -> firstOrStored(request, preamble, effect));
              } catch (ProblemException refusal) {
                return keepRefusal(request, refusal);
              }
            });
    return switch (landing) {
      case Landing.Answered answered -> answered.response();
      case Landing.Begun begun -> throw Flights.inUse();
    };
  }

  /// Commits key and subject now, for an answer that [#answer] brings later: what calls a provider
  /// does so, because the call must come after the commit.
  ///
  /// @param make writes the subject and returns its id; throws a [ProblemException] to refuse,
  ///   which is stored
  public Start start(KeyedRequest request, Preamble preamble, Supplier<UUID> make) {
    Landing landing =
        flights.lead(
            request,
            () -> {
              try {
                return commitWithKeptPlans(() -> freshOrFound(request, preamble, make));
              } catch (ProblemException refusal) {
                return keepRefusal(request, refusal);
              }
            });
    return switch (landing) {
      case Landing.Answered answered -> new Start.Answered(answered.response());
      case Landing.Begun begun when begun.fresh() -> new Start.Fresh(begun.subject());
      case Landing.Begun begun -> new Start.Unanswered(begun.subject());
    };
  }

  /// Stores the answer of a started request, in the caller's transaction or one of its own. When an
  /// answer is there already, that one counts.
  ///
  /// @param ended whether the subject is final, so that the key's window starts now; [#ended] says
  ///   nothing more about it then
  public ResponseEntity<byte[]> answer(KeyedRequest request, Answer answer, boolean ended) {
    StoredAnswer stored = writer.write(answer);
    return TransactionSynchronizationManager.isActualTransactionActive()
        ? firstAnswer(request, stored, ended)
        : transactions.writeWithKeptPlans(() -> firstAnswer(request, stored, ended));
  }

  /// Locks the keys that stand for `subject`, within the caller's transaction: keys come before
  /// work items in the one lock order, and [#ended] and [#answer] may follow.
  public void lock(int ledger, UUID subject) {
    store.lockSubject(ledger, subject);
  }

  /// Starts the window of the key that made `subject`, within the caller's transaction: the subject
  /// is final.
  public void ended(int ledger, UUID subject) {
    store.endSubject(ledger, subject, windowEnd());
  }

  /// Forgets up to `bite` expired keys; returns how many.
  public int purge(int bite) {
    return transactions.write(() -> store.purge(clock.instant(), bite));
  }

  private ResponseEntity<byte[]> firstAnswer(
      KeyedRequest request, StoredAnswer stored, boolean ended) {
    if (store.answer(request, stored, ended ? windowEnd() : null)) {
      return stored.response(false);
    }
    KeyRow row = store.find(request).orElseThrow();
    StoredAnswer first = row.answer();
    return (first == null ? stored : first).response(true);
  }

  private Landing firstOrStored(KeyedRequest request, Preamble preamble, Effect effect) {
    preamble.run();
    if (!claim(request)) {
      return replay(request);
    }
    Answer answer = effect.run();
    StoredAnswer shown = writer.write(answer);
    Object replayed = answer.replayed();
    StoredAnswer kept =
        replayed == null ? shown : writer.write(new Answer(answer.status(), replayed));
    if (!store.answer(request, kept, windowEnd())) {
      throw new IllegalStateException("the claimed key " + request.key() + " is gone");
    }
    return new Landing.Answered(shown, kept, false);
  }

  private Landing freshOrFound(KeyedRequest request, Preamble preamble, Supplier<UUID> make) {
    preamble.run();
    if (claim(request)) {
      UUID subject = make.get();
      store.nameSubject(request, subject);
      return new Landing.Begun(subject, true);
    }
    KeyRow row = sameRequest(request);
    StoredAnswer answer = row.answer();
    if (answer != null) {
      return new Landing.Answered(answer, answer, true);
    }
    UUID subject = row.subject();
    if (subject == null) {
      throw Flights.inUse();
    }
    return new Landing.Begun(subject, false);
  }

  private Landing keepRefusal(KeyedRequest request, ProblemException refusal) {
    Problem problem = refusal.problem();
    if (!problem.consumesKey()) {
      throw refusal;
    }
    StoredAnswer answer = writer.write(request, problem);
    return commit(
        () -> {
          if (!claim(request)) {
            return replay(request);
          }
          store.answer(request, answer, windowEnd());
          return new Landing.Answered(answer, answer, false);
        });
  }

  // A commit whose outcome is unknown is learned by running the transaction again: it inserts the
  // key, which waits for the lost one, and then finds the answer or is the first after all.
  private Landing commit(Supplier<Landing> work) {
    return entered(() -> transactions.write(work));
  }

  // What calls a provider runs the same few statements for ever, each of them by an index.
  private Landing commitWithKeptPlans(Supplier<Landing> work) {
    return entered(() -> transactions.writeWithKeptPlans(work));
  }

  private Landing entered(Supplier<Landing> transaction) {
    enter();
    try {
      return committed(transaction);
    } finally {
      working.release();
    }
  }

  private Landing committed(Supplier<Landing> transaction) {
    long start = System.nanoTime();
    boolean unknown = false;
    for (int attempt = 1; ; attempt++) {
      try {
        return transaction.get();
      } catch (DataAccessException | TransactionException e) {
        unknown |= e instanceof OutcomeUnknown;
        if (!unknown) {
          throw e;
        }
        boolean late = System.nanoTime() - start > LEARN_WITHIN.toNanos();
        if (late || attempt == ATTEMPTS_MAX) {
          throw outcomeUnknown();
        }
      }
      pause();
    }
  }

  // Connections are for everybody: a storm of new keys waits here, not on the pool.
  private void enter() {
    try {
      if (working.tryAcquire(WAIT_TO_ENTER.toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw Problems.unavailable("The server is busy; repeat with the same key.").asException();
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean claim(KeyedRequest request) {
    try {
      return store.claim(request, clock.instant());
    } catch (DataAccessException e) {
      if (Failures.lockNotGranted(e)) {
        throw Flights.inUse();
      }
      throw e;
    }
  }

  private Landing replay(KeyedRequest request) {
    StoredAnswer answer = sameRequest(request).answer();
    if (answer == null) {
      throw Flights.inUse();
    }
    return new Landing.Answered(answer, answer, true);
  }

  private KeyRow sameRequest(KeyedRequest request) {
    KeyRow row = store.find(request).orElseThrow(Flights::inUse);
    if (!row.fingerprint().equals(request.fingerprint())) {
      throw reused().asException();
    }
    return row;
  }

  static Problem reused() {
    return Problem.of(
        "idempotency-key-reused",
        422,
        "This key was first used for another request; use a new key for a new request.");
  }

  /// 503 `outcome-unknown`: the effect and its key are in the books, or neither is.
  public static ProblemException outcomeUnknown() {
    return Problem.of(
            "outcome-unknown",
            503,
            "The database has not said whether this was committed; repeat with the same key to"
                + " learn it.")
        .asException();
  }

  private Instant windowEnd() {
    return clock.instant().plus(properties.window());
  }
}
