package io.countersign.model.overview;

import io.countersign.model.Immutable;
import java.util.List;

/// The data of the server-sent event `queues`.
public record QueuesEvent(List<QueueCount> queues) {

  public QueuesEvent {
    queues = Immutable.list(queues);
  }
}
