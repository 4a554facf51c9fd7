package io.countersign.server.idempotency;

import io.countersign.server.api.Answer;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.OncePerKey;
import io.countersign.server.api.Problem;
import io.countersign.server.api.ProblemException;
import io.countersign.server.database.Failures;
import io.countersign.server.database.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
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

  private final KeyStore store;
  private final Transactions transactions;
  private final AnswerWriter writer;
  private final IdempotencyProperties properties;
  private final Clock clock;
  private final KeyTurns turns;

  Idempotency(
      KeyStore store,
      Transactions transactions,
      AnswerWriter writer,
      IdempotencyProperties properties,
      Clock clock) {
    this.store = store;
    this.transactions = transactions;
    this.writer = writer;
    this.properties = properties;
    this.clock = clock;
    this.turns = new KeyTurns(properties.inUseWait());
  }

  @Override
  public ResponseEntity<byte[]> execute(KeyedRequest request, Preamble preamble, Effect effect) {
    return turns.take(
        request,
        () -> {
          try {
            return transactions.write(() -> firstOrStored(request, preamble, effect));
          } catch (ProblemException refusal) {
            return keepRefusal(request, refusal);
          }
        });
  }

  /// Commits key and subject now, for an answer that [#answer] brings later: what calls a provider
  /// does so, because the call must come after the commit.
  ///
  /// @param make writes the subject and returns its id; throws a [ProblemException] to refuse,
  ///   which is stored
  public Start start(KeyedRequest request, Preamble preamble, Supplier<UUID> make) {
    return turns.take(
        request,
        () -> {
          try {
            return transactions.write(() -> freshOrFound(request, preamble, make));
          } catch (ProblemException refusal) {
            return new Start.Answered(keepRefusal(request, refusal));
          }
        });
  }

  /// Stores the answer of a started request, in the caller's transaction or one of its own. When an
  /// answer is there already, that one counts.
  ///
  /// @param ended whether the subject is final, so that the key's window starts now
  public ResponseEntity<byte[]> answer(KeyedRequest request, Answer answer, boolean ended) {
    StoredAnswer stored = writer.write(answer);
    return TransactionSynchronizationManager.isActualTransactionActive()
        ? firstAnswer(request, stored, ended)
        : transactions.write(() -> firstAnswer(request, stored, ended));
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
      return AnswerWriter.response(stored, false);
    }
    KeyRow row = store.find(request).orElseThrow();
    return AnswerWriter.response(row.answer() == null ? stored : row.answer(), true);
  }

  private ResponseEntity<byte[]> firstOrStored(
      KeyedRequest request, Preamble preamble, Effect effect) {
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
    return AnswerWriter.response(shown, false);
  }

  private Start freshOrFound(KeyedRequest request, Preamble preamble, Supplier<UUID> make) {
    preamble.run();
    if (claim(request)) {
      UUID subject = make.get();
      store.nameSubject(request, subject);
      return new Start.Fresh(subject);
    }
    KeyRow row = sameRequest(request);
    if (row.answer() != null) {
      return new Start.Answered(AnswerWriter.response(row.answer(), true));
    }
    UUID subject = row.subject();
    if (subject == null) {
      throw KeyTurns.inUse();
    }
    return new Start.Unanswered(subject);
  }

  private ResponseEntity<byte[]> keepRefusal(KeyedRequest request, ProblemException refusal) {
    Problem problem = refusal.problem();
    if (!problem.consumesKey()) {
      throw refusal;
    }
    StoredAnswer answer = writer.write(request, problem);
    return transactions.write(
        () -> {
          if (!claim(request)) {
            return replay(request);
          }
          store.answer(request, answer, windowEnd());
          return AnswerWriter.response(answer, false);
        });
  }

  private boolean claim(KeyedRequest request) {
    try {
      return store.claim(request, clock.instant());
    } catch (DataAccessException e) {
      if (Failures.lockNotGranted(e)) {
        throw KeyTurns.inUse();
      }
      throw e;
    }
  }

  private ResponseEntity<byte[]> replay(KeyedRequest request) {
    @Nullable StoredAnswer answer = sameRequest(request).answer();
    if (answer == null) {
      throw KeyTurns.inUse();
    }
    return AnswerWriter.response(answer, true);
  }

  private KeyRow sameRequest(KeyedRequest request) {
    KeyRow row = store.find(request).orElseThrow(KeyTurns::inUse);
    if (!row.fingerprint().equals(request.fingerprint())) {
      throw Problem.of(
              "idempotency-key-reused",
              422,
              "This key was first used for another request; use a new key for a new request.")
          .asException();
    }
    return row;
  }

  private Instant windowEnd() {
    return clock.instant().plus(properties.window());
  }
}
