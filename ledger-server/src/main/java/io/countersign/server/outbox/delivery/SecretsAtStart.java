package io.countersign.server.outbox.delivery;

import io.countersign.server.database.Transactions;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/// Closes, at the start of a server, what an earlier version stored as it is, and tells when this
/// server's key opens not all of the rest.
@Component
class SecretsAtStart implements SmartInitializingSingleton {

  private static final Logger LOG = LoggerFactory.getLogger(SecretsAtStart.class);

  private final EndpointStore store;
  private final SecretBox box;
  private final Transactions transactions;

  SecretsAtStart(EndpointStore store, SecretBox box, Transactions transactions) {
    this.store = store;
    this.box = box;
    this.transactions = transactions;
  }

  @Override
  public void afterSingletonsInstantiated() {
    List<EndpointRow> all = transactions.write(this::closeAll);
    long foreign = all.stream().filter(it -> box.open(it.key(), it.secret()).isEmpty()).count();
    if (foreign > 0) {
      LOG.error(
          "The secrets of {} webhook endpoints were closed under another key, so this server cannot"
              + " deliver to them. Give it the file of the server that made them"
              + " (countersign.webhooks.secrets-key), or rotate these secrets.",
          foreign);
    }
  }

  // Locked, so that no rotation on another server is written over.
  private List<EndpointRow> closeAll() {
    List<EndpointRow> all = store.lockAll();
    all.stream()
        .filter(it -> !it.isClosed())
        .forEach(
            it -> {
              if (!store.rotate(it.closed(box))) {
                throw new IllegalStateException(it.id() + " went away under its lock");
              }
            });
    return all;
  }
}
