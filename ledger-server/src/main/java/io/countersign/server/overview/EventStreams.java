package io.countersign.server.overview;

import io.countersign.model.overview.QueueCount;
import io.countersign.model.overview.QueuesEvent;
import io.countersign.server.api.Caller;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.Problem;
import io.countersign.server.api.Problems;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.json.JsonMapper;

/// Those who follow events on this server. It looks once a second at what any server has committed,
/// for all who follow a ledger together, and not at all when nobody does.
@Component
class EventStreams {

  private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);
  private static final String QUEUES = "queues";
  private static final String CHANGED = "changed";

  private final RecentChanges changes;
  private final Queues queues;
  private final EventSettings settings;
  private final JsonMapper json;
  private final ReentrantLock looking = new ReentrantLock();
  private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
  private final Map<Integer, Set<Long>> seen = new ConcurrentHashMap<>();
  private final Map<Integer, List<QueueCount>> told = new HashMap<>();

  EventStreams(RecentChanges changes, Queues queues, EventSettings settings, JsonMapper json) {
    this.changes = changes;
    this.queues = queues;
    this.settings = settings;
    this.json = json;
  }

  /// @throws io.countersign.server.api.ProblemException 429 `rate-limited` when the caller follows
  ///   too much already, 503 `unavailable` when this server has no room
  EventStream open(LedgerScope ledger, Caller caller) {
    EventStream fresh = new EventStream(ledger.id(), caller.id());
    synchronized (this) {
      if (streams.size() >= settings.streamsMax()) {
        throw Problems.unavailable("Too many follow events on this server; try again later.")
            .with("retryAfterSeconds", settings.longest().toSeconds())
            .asException();
      }
      long own = streams.stream().filter(it -> it.caller().equals(caller.id())).count();
      if (own >= settings.streamsPerCallerMax()) {
        throw Problem.of(
                "rate-limited",
                429,
                "You follow events "
                    + own
                    + " times already; close one of the streams, or share it.")
            .asException();
      }
      streams.add(fresh);
    }
    try {
      // From here on: what is committed before it shows in what the caller reads by itself.
      seen.computeIfAbsent(ledger.id(), it -> changes.find(it, Set.of()).seen());
      fresh.tell(QUEUES, json.writeValueAsString(new QueuesEvent(queues.counts(ledger.id()))));
    } catch (RuntimeException e) {
      close(fresh);
      throw e;
    }
    return fresh;
  }

  void close(EventStream stream) {
    streams.remove(stream);
  }

  // At a rate and not with a delay: tasks with a delay share one thread.
  @Scheduled(fixedRateString = "${countersign.events.look-every:PT1S}")
  void look() {
    if (looking.tryLock()) {
      try {
        lookAtAll();
      } finally {
        looking.unlock();
      }
    }
  }

  private void lookAtAll() {
    Set<Integer> followed = new HashSet<>();
    streams.forEach(stream -> followed.add(stream.ledger()));
    seen.keySet().retainAll(followed);
    told.keySet().retainAll(followed);
    for (int ledger : followed) {
      try {
        look(ledger);
      } catch (DataAccessException | TransactionException e) {
        LOG.warn("Events of ledger {} could not be looked up; the next look repeats it", ledger, e);
      }
    }
  }

  private void look(int ledger) {
    Optional<Set<Long>> before = Optional.ofNullable(seen.get(ledger));
    RecentChanges.Found found = changes.find(ledger, before.orElse(Set.of()));
    seen.put(ledger, found.seen());
    if (before.isPresent() && !found.event().objects().isEmpty()) {
      tell(ledger, CHANGED, found.event());
    }
    List<QueueCount> counts = queues.counts(ledger);
    if (!counts.equals(told.put(ledger, counts))) {
      tell(ledger, QUEUES, new QueuesEvent(counts));
    }
  }

  private void tell(int ledger, String event, Object data) {
    String line = json.writeValueAsString(data);
    streams.stream()
        .filter(stream -> stream.ledger() == ledger)
        .forEach(stream -> stream.tell(event, line));
  }

  /// A server that stops ends its streams first, or it would wait for them.
  @EventListener(ContextClosedEvent.class)
  void endAll() {
    streams.forEach(EventStream::end);
  }
}
