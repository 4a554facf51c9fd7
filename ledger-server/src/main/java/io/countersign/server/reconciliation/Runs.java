package io.countersign.server.reconciliation;

import io.countersign.model.UuidV7;
import io.countersign.model.id.RunId;
import io.countersign.server.api.Problems;
import java.time.Clock;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Starts runs of the matcher and says how far they are.
@Component
class Runs {

  private final RunStore store;
  private final BackgroundWork background;
  private final UuidV7 ids;
  private final Clock clock;

  Runs(RunStore store, BackgroundWork background, UuidV7 ids, Clock clock) {
    this.store = store;
    this.background = background;
    this.ids = ids;
    this.clock = clock;
  }

  /// Promises a run, inside the caller's transaction.
  RunId start(int ledger, String source, @Nullable LocalDate through) {
    return start(ledger, source, through, false);
  }

  /// Promises a run that first looks into the source's folder.
  RunId startByHand(int ledger, SourceRow source, @Nullable LocalDate through) {
    return start(ledger, source.code(), through, source.folder() != null);
  }

  private RunId start(int ledger, String source, @Nullable LocalDate through, boolean fetch) {
    RunId id = new RunId(ids.next());
    store.insert(ledger, id, source, through, fetch, clock.instant());
    background.run(ledger, id);
    return id;
  }

  /// @throws io.countersign.server.api.ProblemException 404 `not-found`
  RunRow get(int ledger, RunId id) {
    return store
        .find(ledger, id)
        .orElseThrow(() -> Problems.notFound("reconciliation " + id).asException());
  }
}
