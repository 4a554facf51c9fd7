package io.countersign.server.audit;

import io.countersign.model.UuidV7;
import io.countersign.server.testing.TestDatabase;
import java.time.Clock;
import tools.jackson.databind.json.JsonMapper;

/// Audit logs for tests of other features.
public final class AuditFixture {

  private AuditFixture() {}

  public static AuditLog log(TestDatabase database, Clock clock) {
    return new AuditLog(
        new AuditStore(database.jdbc(), JsonMapper.shared()),
        JsonMapper.shared(),
        new UuidV7(clock),
        clock);
  }
}
