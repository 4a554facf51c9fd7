package io.countersign.console.testing;

import io.countersign.client.LedgerClient;
import io.countersign.client.Retries;
import io.countersign.console.client.Connection;
import io.countersign.console.client.Facts;
import io.countersign.console.client.TaskRunner;
import io.countersign.console.client.Workplace;
import io.countersign.model.UuidV7;
import java.time.Duration;

/// Workplaces for view models that are tested without a stage: everything runs at once.
public final class Workplaces {

  private Workplaces() {}

  public static Workplace of(StandInServer server, String user) {
    Facts facts = new Facts();
    LedgerClient client = new LedgerClient(server.address(), Retries.BRISK, DemoBooks.CLOCK);
    return new Workplace(
        client.books("main"),
        DemoBooks.profile(user),
        "main",
        new TaskRunner(Runnable::run, Runnable::run),
        facts,
        new Connection(() -> {}, Duration.ofSeconds(1), Runnable::run, Runnable::run, facts),
        new UuidV7(DemoBooks.CLOCK),
        DemoBooks.CLOCK);
  }
}
