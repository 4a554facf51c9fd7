package io.countersign.server.database;

import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/// Reads by several statements that must fit each other: all of them see the database as it was at
/// the first. Nothing that is written may rest on it.
@Component
public class Snapshots {

  private final TransactionTemplate template;

  public Snapshots(PlatformTransactionManager manager) {
    template = new TransactionTemplate(manager);
    template.setReadOnly(true);
    template.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
  }

  public <T> T read(Supplier<T> work) {
    return Objects.requireNonNull(template.execute(status -> work.get()));
  }
}
