package io.countersign.server.outbox;

import io.countersign.model.UuidV7;
import io.countersign.server.testing.TestDatabase;
import java.time.Clock;
import tools.jackson.databind.json.JsonMapper;

/// Outboxes for tests of other features.
public final class OutboxFixture {

  private OutboxFixture() {}

  public static Outbox outbox(TestDatabase database, Clock clock) {
    return new Outbox(
        new OutboxStore(database.jdbc(), JsonMapper.shared()), new UuidV7(clock), clock);
  }
}
