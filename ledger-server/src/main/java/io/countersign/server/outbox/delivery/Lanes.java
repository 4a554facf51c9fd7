package io.countersign.server.outbox.delivery;

import jakarta.annotation.PreDestroy;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Looks for deliveries that are due, on each server, and lets each endpoint's lane carry them out.
@Component
class Lanes {

  private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);
  private static final long STOP_SECONDS_MAX = 5;

  private final OneAtATime looking = new OneAtATime("Looking for deliveries");
  private final DeliveryWork work;
  private final int atOnce;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ConcurrentMap<EndpointKey, Lane> lanes = new ConcurrentHashMap<>();

  Lanes(DeliveryWork work, WebhookSettings settings) {
    this.work = work;
    this.atOnce = settings.atOnce();
  }

  @Scheduled(fixedRateString = "${countersign.webhooks.look-every:PT0.25S}")
  void look() {
    looking.run(this::pumpBusy);
  }

  private void pumpBusy() {
    List<EndpointKey> busy = work.endpointsWithWork();
    for (EndpointKey key : busy) {
      Lane lane = lanes.computeIfAbsent(key, it -> new Lane(it, work, threads, atOnce));
      threads.execute(() -> pump(lane));
    }
    lanes.entrySet().removeIf(it -> !busy.contains(it.getKey()) && it.getValue().isIdle());
  }

  private static void pump(Lane lane) {
    try {
      lane.pump();
    } catch (RuntimeException e) {
      LOG.warn("looking for deliveries failed; the next look repeats it", e);
    }
  }

  /// Calls that are open end and are written down, within reason; what is cut off goes out again.
  @PreDestroy
  void stop() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
