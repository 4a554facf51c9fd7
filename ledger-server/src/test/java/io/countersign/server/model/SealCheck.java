package io.countersign.server.model;

import io.countersign.server.testing.TestApi;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Waits until the books are sealed, and lets the server verify them.
final class SealCheck {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final TestApi api;
  private String newest = "";

  SealCheck(TestApi api) {
    this.api = api;
  }

  /// @param sequence up to which the seals must reach
  /// @return what is wrong; null when the books are intact
  @Nullable String wrong(long sequence) throws InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (sealedThrough() < sequence) {
      if (Instant.now().isAfter(deadline)) {
        return "sequence " + sequence + " is not sealed after " + PATIENCE;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    TestApi.Reply asked = api.as("auditor").postInMain("/seals/verifications", "{}");
    if (asked.status() != 202) {
      return "no verification: " + asked;
    }
    JsonNode latest = latest();
    while (latest.path("state").asString("").equals("running")) {
      if (Instant.now().isAfter(deadline)) {
        return "the verification is not done after " + PATIENCE;
      }
      TimeUnit.MILLISECONDS.sleep(100);
      latest = latest();
    }
    boolean intact =
        latest.path("state").asString("").equals("intact")
            && latest.path("throughSequence").asLong() >= sequence;
    return intact ? null : "the seals do not verify: " + latest;
  }

  private JsonNode latest() {
    return api.as("auditor").getInMain("/seals/verifications/latest").json();
  }

  private long sealedThrough() {
    JsonNode last = api.as("auditor").getInMain("/seals?limit=1000&after=" + newest).json();
    JsonNode items = last.path("items");
    if (items.isEmpty()) {
      return 0;
    }
    JsonNode seal = items.path(items.size() - 1);
    newest = "" + (seal.path("number").asLong() - 1);
    return seal.path("throughSequence").asLong();
  }
}
