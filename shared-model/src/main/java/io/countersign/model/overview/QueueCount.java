package io.countersign.model.overview;

import io.countersign.model.Immutable;
import io.countersign.model.Money;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How much waits for people.
///
/// @param name `payments` (pending confirmation), `exceptions` (not resolved), `approvals`
///   (pending), `sagas` (stuck) or `webhooks` (dead deliveries)
/// @param oldestAt since when the oldest waits; null when none does
/// @param amounts what they are about, per currency; empty where a queue is not about money
public record QueueCount(String name, long count, @Nullable Instant oldestAt, List<Money> amounts) {

  public QueueCount {
    amounts = Immutable.list(amounts);
  }
}
