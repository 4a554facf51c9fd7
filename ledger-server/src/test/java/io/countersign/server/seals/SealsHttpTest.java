package io.countersign.server.seals;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.ServerTest;
import io.countersign.server.testing.TestApi;
import io.countersign.server.testing.TestApi.Reply;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;

@ServerTest
class SealsHttpTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Value("${local.server.port}")
  private int port;

  private final String own = "s" + UUID.randomUUID().toString().substring(0, 8);

  private TestApi.Calls as(String user) {
    return TestApi.at(port).as(user);
  }

  @Test
  void what_is_posted_is_sealed_by_itself_and_the_chain_can_be_paged() throws Exception {
    long sequence = post();
    JsonNode last = awaitSealed(sequence);
    assertThat(last.get("throughSequence").asLong()).isGreaterThanOrEqualTo(sequence);
    assertThat(last.get("root").asString()).matches("[0-9a-f]{64}");
    assertThat(last.get("signature").asString()).matches("[0-9a-f]{128}");
    String previous = "0".repeat(64);
    long through = 0;
    String after = "";
    int seen = 0;
    do {
      Reply page = as("operator").getInMain("/seals?limit=2&after=" + after);
      assertThat(page.status()).as(page.body()).isEqualTo(200);
      for (JsonNode seal : page.json().get("items")) {
        seen++;
        assertThat(seal.get("number").asLong()).isEqualTo(seen);
        assertThat(seal.get("previous").asString()).isEqualTo(previous);
        assertThat(seal.get("fromSequence").asLong()).isEqualTo(through + 1);
        previous = seal.get("hash").asString();
        through = seal.get("throughSequence").asLong();
      }
      after = page.json().get("next").isNull() ? "" : page.text("next");
    } while (!after.isEmpty());
    assertThat(through).isGreaterThanOrEqualTo(sequence);
    assertThat(as("operator").getInMain("/seals?after=" + (seen - 1)).text("items.0.number"))
        .isEqualTo("" + seen);
    assertThat(as("operator").getInMain("/seals?after=nonsense").problem())
        .isEqualTo("invalid-request");
  }

  @Test
  void an_auditor_has_the_books_verified() throws Exception {
    long sequence = post();
    Reply asked = as("auditor").postInMain("/seals/verifications", "{}");
    assertThat(asked.status()).as(asked.body()).isEqualTo(202);
    JsonNode latest = awaitVerification();
    assertThat(latest.get("state").asString()).as(latest.toString()).isEqualTo("intact");
    assertThat(latest.get("throughSequence").asLong()).isGreaterThanOrEqualTo(sequence);
    assertThat(latest.get("firstBroken").isNull()).isTrue();
    assertThat(latest.get("finishedAt").isNull()).isFalse();
    assertThat(latest.get("progress").asInt()).isEqualTo(100);
    assertThat(as("operator").postInMain("/seals/verifications", "{}").status()).isEqualTo(403);
  }

  private JsonNode awaitVerification() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    JsonNode latest;
    do {
      Thread.sleep(100);
      latest = as("auditor").getInMain("/seals/verifications/latest").json();
    } while (latest.get("state").asString().equals("running") && System.nanoTime() < end);
    return latest;
  }

  private JsonNode awaitSealed(long sequence) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      Reply page = as("auditor").getInMain("/seals?limit=1000");
      JsonNode items = page.json().get("items");
      if (!items.isEmpty()) {
        JsonNode last = items.get(items.size() - 1);
        if (last.get("throughSequence").asLong() >= sequence) {
          return last;
        }
      }
      Thread.sleep(100);
    }
    throw new AssertionError("sequence " + sequence + " was not sealed in time");
  }

  private long post() {
    for (String code : new String[] {"bank", "wallet"}) {
      String type = code.equals("bank") ? "ASSET" : "LIABILITY";
      Reply made =
          as("integrator")
              .postInMain(
                  "/accounts",
                  """
                  {"code": "%s:%s", "name": "x", "type": "%s", "currency": "EUR"}
                  """
                      .formatted(own, code, type));
      assertThat(made.status()).as(made.body()).isEqualTo(201);
    }
    Reply posted =
        as("integrator")
            .postInMain(
                "/transfers",
                """
                {"from": "%s:bank", "to": "%s:wallet", "description": "Top-up",
                 "amount": {"minorUnits": 5, "currency": "EUR"}}
                """
                    .formatted(own, own));
    assertThat(posted.status()).as(posted.body()).isEqualTo(201);
    return posted.json().get("sequence").asLong();
  }
}
