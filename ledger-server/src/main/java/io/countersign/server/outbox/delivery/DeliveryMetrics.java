package io.countersign.server.outbox.delivery;

import io.countersign.server.outbox.delivery.DeliveryStore.Totals;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// How long the queues of the endpoints are, for whoever watches this server. Counted now and then
/// rather than at each question, so that watching costs the same however many ask.
@Component
class DeliveryMetrics {

  private final OneAtATime counting = new OneAtATime("Counting deliveries");
  private final DeliveryStore store;
  private final Clock clock;
  private volatile Totals totals = new Totals(0, 0, null);

  DeliveryMetrics(DeliveryStore store, MeterRegistry meters, Clock clock) {
    this.store = store;
    this.clock = clock;
    gauge(meters, "queue", "Deliveries that wait to be made", () -> totals.pending());
    gauge(meters, "dead", "Deliveries that were given up", () -> totals.dead());
    gauge(meters, "oldest.seconds", "Age of the oldest delivery that waits", this::oldestSeconds);
  }

  private static void gauge(
      MeterRegistry meters, String name, String what, Supplier<Number> value) {
    Gauge.builder("countersign.webhooks." + name, value).description(what).register(meters);
  }

  private long oldestSeconds() {
    Instant oldest = totals.oldestPending();
    return oldest == null ? 0 : Math.max(0, Duration.between(oldest, clock.instant()).toSeconds());
  }

  @Scheduled(fixedRateString = "${countersign.webhooks.count-every:PT15S}")
  void count() {
    counting.run(() -> totals = store.totals());
  }
}
