package io.countersign.server.idempotency;

import io.countersign.server.api.Answer;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.Problem;
import io.countersign.server.database.RunAgain;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// The keys of many requests that share one database transaction, at the price of a few statements.
///
/// Here the keys are inserted last, with their answers, and not first as elsewhere, so that each
/// row is written once and not changed after. Who finds at the end that another server was first
/// has done nothing yet, and starts again
/// (`docs/decisions/0010-keys-of-a-group-with-their-answers.md`).
@Component
public class GroupKeys {

  /// What is known of a key before anything is done.
  public sealed interface Known {

    /// Nothing: the request is the first.
    record Fresh() implements Known {}

    record Answered(Landing.Answered answer) implements Known {}

    /// Another request's, or still without its answer.
    record Refused(Problem problem) implements Known {}
  }

  /// A request whose outcome is decided; one of `answer` and `problem` is what it gets.
  public sealed interface Decided {

    KeyedRequest request();

    record Done(KeyedRequest request, Answer answer) implements Decided {}

    record Refused(KeyedRequest request, Problem problem) implements Decided {}
  }

  private final KeyStore store;
  private final AnswerWriter writer;
  private final IdempotencyProperties properties;
  private final Clock clock;

  GroupKeys(KeyStore store, AnswerWriter writer, IdempotencyProperties properties, Clock clock) {
    this.store = store;
    this.writer = writer;
    this.properties = properties;
    this.clock = clock;
  }

  /// What is known of each request, in their order, within the caller's transaction. Rows that are
  /// found stay locked, so that their replay waits until the first answer is durable.
  ///
  /// @param requests of one ledger, each with another key
  public List<Known> find(int ledger, List<KeyedRequest> requests) {
    Map<KeyStore.Name, KeyRow> rows = new HashMap<>();
    for (KeyStore.NamedRow row : store.findAll(ledger, requests, clock.instant())) {
      rows.put(row.name(), row.row());
    }
    List<Known> known = new ArrayList<>(requests.size());
    for (KeyedRequest request : requests) {
      KeyRow row = rows.get(KeyStore.Name.of(request));
      known.add(row == null ? new Known.Fresh() : known(row, request));
    }
    return known;
  }

  /// The answers as they are sent and stored, in the order of `decided`. Needs no transaction, and
  /// touches nothing.
  public List<Landing.Answered> answers(List<Decided> decided) {
    return decided.stream()
        .map(this::written)
        .map(it -> new Landing.Answered(it, it, false))
        .toList();
  }

  /// Keeps answers under their keys, within the caller's transaction.
  ///
  /// @param answers to `requests`, in their order
  /// @throws RunAgain when another server was first with one of the keys
  public void keep(int ledger, List<KeyedRequest> requests, List<Landing.Answered> answers) {
    if (requests.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    Instant windowEnd = now.plus(properties.window());
    List<StoredAnswer> stored = answers.stream().map(Landing.Answered::answer).toList();
    if (store.insertAll(ledger, requests, stored, now, windowEnd) != requests.size()) {
      throw new RunAgain("another server was first with one of the keys");
    }
  }

  private static Known known(KeyRow row, KeyedRequest request) {
    if (!row.fingerprint().equals(request.fingerprint())) {
      return new Known.Refused(Idempotency.reused());
    }
    StoredAnswer answer = row.answer();
    return answer == null
        ? new Known.Refused(Flights.inUse().problem())
        : new Known.Answered(new Landing.Answered(answer, answer, true));
  }

  private StoredAnswer written(Decided decided) {
    return switch (decided) {
      case Decided.Done done -> writer.write(done.answer());
      case Decided.Refused refused -> writer.write(refused.request(), refused.problem());
    };
  }
}
