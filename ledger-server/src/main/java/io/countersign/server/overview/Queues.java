package io.countersign.server.overview;

import io.countersign.model.overview.QueueCount;
import io.countersign.server.api.WorkQueue;
import java.util.Comparator;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// The queues of all features.
@Component
class Queues {

  private final ObjectProvider<WorkQueue> queues;

  Queues(ObjectProvider<WorkQueue> queues) {
    this.queues = queues;
  }

  /// By name.
  List<QueueCount> counts(int ledger) {
    return queues.stream()
        .map(queue -> queue.count(ledger))
        .sorted(Comparator.comparing(QueueCount::name))
        .toList();
  }
}
