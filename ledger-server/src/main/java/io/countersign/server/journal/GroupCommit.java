package io.countersign.server.journal;

import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.Problem;
import io.countersign.server.api.ProblemException;
import io.countersign.server.api.Problems;
import io.countersign.server.idempotency.Flight;
import io.countersign.server.idempotency.Flights;
import io.countersign.server.idempotency.Idempotency;
import io.countersign.server.idempotency.Landing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/// Appends for single requests: those that wait at the same time share one database transaction and
/// one fsync, and each gets its own answer.
///
/// Whatever a request is refused for touches no neighbour. A caller whose time runs out takes its
/// request back before anybody has begun with it, or is told `outcome-unknown`.
@Component
class GroupCommit {

  /// A request with what it wants appended, or with what it is refused for already.
  ///
  /// @param draft null when `refusal` is not
  record Item(KeyedRequest request, @Nullable TransactionDraft draft, @Nullable Problem refusal) {

    static Item of(KeyedRequest request, TransactionDraft draft) {
      return new Item(request, draft, null);
    }
  }

  /// What became of an item: an answer that its key keeps, or a problem that it does not.
  sealed interface Outcome {

    record Kept(Landing.Answered answer) implements Outcome {}

    record Failed(ProblemException problem) implements Outcome {}
  }

  private record Boarded(Item item, Flight flight, @Nullable Waiting waiting) {}

  // Every call is answered within 10 s (`docs/api.md`, section 1).
  private static final Duration WAIT_MAX = Duration.ofSeconds(7);
  private static final Duration WAIT_FOR_COMMIT_MAX = Duration.ofSeconds(2);

  private final Flights flights;
  private final GroupWriter writer;
  private final GroupProperties properties;
  private final ConcurrentMap<Integer, Lane> lanes = new ConcurrentHashMap<>();

  GroupCommit(Flights flights, GroupWriter writer, GroupProperties properties) {
    this.flights = flights;
    this.writer = writer;
    this.properties = properties;
  }

  /// Appends one draft under its key.
  ///
  /// @throws ProblemException what the key does not keep: 409 `idempotency-key-in-use`, 422
  ///   `idempotency-key-reused`, 503 `unavailable` or `outcome-unknown`
  ResponseEntity<byte[]> append(LedgerScope ledger, KeyedRequest request, TransactionDraft draft) {
    return switch (append(ledger, List.of(Item.of(request, draft))).getFirst()) {
      case Outcome.Kept kept -> kept.answer().response();
      case Outcome.Failed failed -> throw failed.problem();
    };
  }

  /// Appends each item under its own key, and each for itself.
  ///
  /// @return one outcome per item, in their order; a key that comes twice is executed once
  List<Outcome> append(LedgerScope ledger, List<Item> items) {
    Deadline deadline = Deadline.in(WAIT_MAX);
    List<Outcome> outcomes = new ArrayList<>(items.size());
    // One group at a time, so that whoever sends a single request need not wait for all of them.
    int most = properties.transactions();
    for (int from = 0; from < items.size(); from += most) {
      List<Item> some = items.subList(from, Math.min(from + most, items.size()));
      outcomes.addAll(append(ledger, some, deadline));
    }
    return outcomes;
  }

  private List<Outcome> append(LedgerScope ledger, List<Item> items, Deadline deadline) {
    List<Boarded> boarded = new ArrayList<>(items.size());
    List<Waiting> own = new ArrayList<>(items.size());
    for (Item item : items) {
      Flight flight = flights.board(item.request());
      Waiting waiting = flight.ledBy(item.request()) ? new Waiting(item, flight) : null;
      boarded.add(new Boarded(item, flight, waiting));
      if (waiting != null) {
        own.add(waiting);
      }
    }
    lane(ledger).add(own);
    return boarded.stream().map(it -> outcome(ledger, it, deadline)).toList();
  }

  private Lane lane(LedgerScope ledger) {
    return lanes.computeIfAbsent(
        ledger.id(),
        id -> new Lane((group, decided) -> writer.write(ledger, group, decided), properties));
  }

  private Outcome outcome(LedgerScope ledger, Boarded boarded, Deadline deadline) {
    try {
      Landing landing = await(boarded, deadline);
      if (!boarded.flight().answers(boarded.item().request())) {
        // Another request had the key; now the database tells that it is used.
        return append(ledger, List.of(boarded.item()), deadline).getFirst();
      }
      Landing mine = boarded.waiting() == null ? landing.again() : landing;
      return mine instanceof Landing.Answered answered
          ? new Outcome.Kept(answered)
          : new Outcome.Failed(Flights.inUse());
    } catch (ProblemException e) {
      return new Outcome.Failed(e);
    }
  }

  private static Landing await(Boarded boarded, Deadline deadline) {
    try {
      return boarded.flight().await(deadline.left());
    } catch (TimeoutException e) {
      return afterDeadline(boarded);
    }
  }

  private static Landing afterDeadline(Boarded boarded) {
    Waiting waiting = boarded.waiting();
    if (waiting == null) {
      throw Flights.inUse();
    }
    if (waiting.take()) {
      ProblemException busy =
          Problems.unavailable("The server is busy; nothing was done. Repeat with the same key.")
              .asException();
      boarded.flight().fail(busy);
      throw busy;
    }
    try {
      return boarded.flight().await(WAIT_FOR_COMMIT_MAX);
    } catch (TimeoutException e) {
      throw Idempotency.outcomeUnknown();
    }
  }
}
