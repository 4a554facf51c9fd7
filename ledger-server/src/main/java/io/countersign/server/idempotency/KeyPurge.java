package io.countersign.server.idempotency;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Forgets expired keys in the background, in bites small enough to disturb nobody. Several servers
/// may do so at once.
@Component
@EnableScheduling
class KeyPurge {

  private static final Logger LOG = LoggerFactory.getLogger(KeyPurge.class);
  private static final int BITE = 500;

  private final Idempotency idempotency;

  KeyPurge(Idempotency idempotency) {
    this.idempotency = idempotency;
  }

  @Scheduled(fixedDelayString = "${countersign.idempotency.purge-every:PT1M}")
  void purge() {
    int forgotten = 0;
    int bite;
    do {
      bite = idempotency.purge(BITE);
      forgotten += bite;
    } while (bite == BITE);
    if (forgotten > 0) {
      LOG.debug("forgot {} expired idempotency keys", forgotten);
    }
  }
}
