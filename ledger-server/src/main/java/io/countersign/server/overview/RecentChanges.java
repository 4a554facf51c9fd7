package io.countersign.server.overview;

import io.countersign.model.overview.ChangesEvent;
import io.countersign.model.overview.ChangesEvent.ChangedObject;
import io.countersign.server.outbox.Changed;
import io.countersign.server.outbox.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/// What has been committed since the last look, whichever server did it.
@Component
class RecentChanges {

  /// Longer than any transaction is open, so that nothing is missed that commits late.
  private static final Duration LATE_MAX = Duration.ofSeconds(30);

  private static final int NAMED_MAX = 500;

  private final Outbox outbox;
  private final Clock clock;

  RecentChanges(Outbox outbox, Clock clock) {
    this.outbox = outbox;
    this.clock = clock;
  }

  /// @param seen the numbers of what was looked at, to be left out at the next look
  record Found(ChangesEvent event, Set<Long> seen) {}

  Found find(int ledger, Set<Long> before) {
    List<Changed> recent = outbox.since(ledger, clock.instant().minus(LATE_MAX), NAMED_MAX);
    Set<Long> seen = new HashSet<>();
    Set<ChangedObject> fresh = new java.util.LinkedHashSet<>();
    for (Changed each : recent.reversed()) {
      seen.add(each.number());
      if (!before.contains(each.number())) {
        fresh.add(new ChangedObject(each.type(), each.subject()));
      }
    }
    return new Found(new ChangesEvent(new ArrayList<>(fresh), fresh.size() == NAMED_MAX), seen);
  }
}
