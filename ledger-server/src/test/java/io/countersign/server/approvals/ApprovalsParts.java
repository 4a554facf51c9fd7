package io.countersign.server.approvals;

import io.countersign.model.UuidV7;
import io.countersign.server.database.Transactions;
import io.countersign.server.security.Limits;
import io.countersign.server.testing.TestClock;
import io.countersign.server.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// The approvals as the server wires them, without the rest of it.
final class ApprovalsParts implements AutoCloseable {

  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();

  ApprovalsParts(
      TestDatabase database, TestClock clock, Duration expireAfter, ProposalKind<?> kind) {
    GenericApplicationContext beans = context;
    beans.registerBean(Clock.class, () -> clock);
    beans.registerBean(UuidV7.class, () -> new UuidV7(clock));
    beans.registerBean(JdbcClient.class, database::jdbc);
    beans.registerBean(Transactions.class, database::transactions);
    beans.registerBean(JsonMapper.class, JsonMapper::shared);
    beans.registerBean(ApprovalSettings.class, () -> new ApprovalSettings(expireAfter));
    beans.registerBean(ProposalKind.class, () -> kind);
    context.register(
        ApprovalStore.class,
        ProposalKinds.class,
        ApprovalViews.class,
        ProposalEnds.class,
        Approvals.class,
        Decisions.class,
        Expiry.class,
        Limits.class,
        named("io.countersign.server.security.PersonStore"),
        named("io.countersign.server.outbox.OutboxStore"),
        io.countersign.server.outbox.Outbox.class,
        named("io.countersign.server.accounts.LedgerStore"),
        io.countersign.server.accounts.Ledgers.class);
    context.scan("io.countersign.server.audit");
    context.refresh();
  }

  <T> T get(Class<T> type) {
    return context.getBean(type);
  }

  @Override
  public void close() {
    context.close();
  }

  // Private to their packages, as stores are.
  private static Class<?> named(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
