package io.countersign.server.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.chaos.Shopper.Call;
import io.countersign.server.chaos.Shopper.Made;
import io.countersign.server.chaos.Trouble.Kind;
import io.countersign.server.testing.TestApi;
import io.countersign.server.testing.TestApi.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Payments with cards of every kind through two servers on one database, while servers, database
/// and acquirer are killed and the line to the acquirer is cut, silent and slow.
///
/// 150 payments unless more are asked for: `-Dcountersign.chaos.payments=5000`. The order of the
/// trouble is drawn from `-Dcountersign.chaos.seed=…`.
class ChaosTest {

  private static final int PAYMENTS = Integer.getInteger("countersign.chaos.payments", 150);
  private static final long SEED = Long.getLong("countersign.chaos.seed", 1);
  private static final int SHOPPERS = Math.clamp(PAYMENTS / 6, 16, 64);
  private static final String MERCHANT = "merchants:chaos";
  private static final Duration SETTLES_WITHIN = Duration.ofSeconds(90 + PAYMENTS / 20);
  private static final int DIFFERENCES_SHOWN = 20;
  private static final int SILENT_CHECKS_MIN = 3;

  @Test
  void acquirer_journal_and_payments_agree_whatever_was_killed_and_cut_off() throws Exception {
    ConcurrentLinkedQueue<Call> calls = new ConcurrentLinkedQueue<>();
    try (Stage stage = new Stage()) {
      Branch branch = new Branch(stage);
      openMerchant(stage);
      List<Made> made;
      Trouble trouble = new Trouble(stage, SEED);
      try {
        made = shopInTrouble(stage, trouble, calls);
        settle(stage);
      } finally {
        stage.keepOutput();
      }
      Audit audit = Audit.of(stage, MERCHANT);
      Call slowest = calls.stream().max(Comparator.comparing(Call::took)).orElseThrow();
      System.out.printf(
          "%d payments, seed %d: %d calls, the slowest %s; trouble %s; states %s%n",
          PAYMENTS, SEED, calls.size(), slowest, trouble.made(), audit.states());

      assertThat(made.stream().map(Made::payment)).doesNotHaveDuplicates().hasSize(PAYMENTS);
      assertThat(audit.payments()).as("no payment but those").isEqualTo(PAYMENTS);
      assertThat(audit.differences().stream().limit(DIFFERENCES_SHOWN).toList()).isEmpty();
      assertThat(audit.total()).as("something was charged").isPositive();
      Reply balance = reader(stage).getInMain("/accounts/" + MERCHANT + "/balance");
      assertThat(balance.json().path("posted").asLong()).isEqualTo(audit.total());
      assertThat(balance.json().path("available").asLong())
          .as("nothing stays held")
          .isEqualTo(audit.total());
      assertThat(slowest.took()).as("%s", slowest).isLessThan(Shopper.DEADLINE);
      List<String> transfers = made.stream().map(Made::transfer).filter(Objects::nonNull).toList();
      assertThat(transfers).doesNotHaveDuplicates().isNotEmpty();
      branch.assertArrived(transfers.size());
      assertThat(trouble.made()).containsOnlyKeys(Kind.values());
    }
  }

  private static List<Made> shopInTrouble(
      Stage stage, Trouble trouble, ConcurrentLinkedQueue<Call> calls) throws Exception {
    AtomicInteger next = new AtomicInteger();
    List<Future<List<Made>>> shoppers = new ArrayList<>();
    List<Made> made = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int number = 0; number < SHOPPERS; number++) {
        Shopper shopper = new Shopper(stage, SEED * 1000 + number, calls);
        shoppers.add(threads.submit(() -> shopAll(shopper, next)));
      }
      trouble.make(() -> shoppers.stream().allMatch(Future::isDone));
      for (Future<List<Made>> shopper : shoppers) {
        made.addAll(shopper.get());
      }
    }
    return made;
  }

  private static List<Made> shopAll(Shopper shopper, AtomicInteger next) {
    List<Made> made = new ArrayList<>();
    for (int number = next.getAndIncrement(); number < PAYMENTS; number = next.getAndIncrement()) {
      made.add(shopper.shop(number));
    }
    return made;
  }

  /// Nobody waits for ever: every payment comes to an end by itself, but for those whose card stays
  /// silent, about which two people decide; so does every refund and every saga.
  private static void settle(Stage stage) throws Exception {
    long end = System.nanoTime() + SETTLES_WITHIN.toNanos();
    while (true) {
      List<String> open = new ArrayList<>();
      Set<String> charged = stage.acquirer().charged();
      for (String state : List.of("created", "submitted", "pending_confirmation")) {
        for (JsonNode payment : items(stage, "/payments?state=" + state + "&limit=1000")) {
          String id = payment.path("id").asString();
          open.add(state + " " + id);
          if (payment.path("checks").asInt() >= SILENT_CHECKS_MIN
              && charged.contains(id + "-charge")) {
            decide(stage, id);
          }
        }
      }
      for (String state : List.of("running", "stuck")) {
        items(stage, "/sagas?state=" + state + "&limit=1000")
            .forEach(saga -> open.add(state + " " + saga));
      }
      if (open.isEmpty()) {
        return;
      }
      assertThat(System.nanoTime())
          .as("%d wait for ever: %s", open.size(), open.stream().limit(5).toList())
          .isLessThan(end);
      LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
    }
  }

  // Seen in the acquirer's own list, as people would.
  private static void decide(Stage stage, String payment) {
    Reply proposed =
        stage
            .api(0)
            .as("operator")
            .postInMain(
                "/payments/" + payment + "/resolutions",
                """
                {"outcome": "succeeded", "reason": "seen in the acquirer's list",
                 "evidence": {"note": "the acquirer shows it as charged"}}
                """);
    if (proposed.status() != 202) {
      // It was answered, or is proposed, already.
      return;
    }
    String approval = proposed.text("approvalId");
    TestApi.Calls approver = stage.api(1).as("approver");
    String hash = approver.getInMain("/approvals/" + approval).text("contentHash");
    Reply approved =
        approver.postInMain(
            "/approvals/" + approval + "/approve", "{\"contentHash\": \"" + hash + "\"}");
    assertThat(approved.status()).as("%s", approved).isIn(200, 409);
  }

  private static JsonNode items(Stage stage, String path) {
    Reply page = reader(stage).getInMain(path);
    assertThat(page.status()).as("%s", page).isEqualTo(200);
    return page.json().path("items");
  }

  private static void openMerchant(Stage stage) {
    for (int server = 0; server < Stage.SERVERS; server++) {
      for (String user : List.of("integrator", "operator", "approver", Branch.SENDER)) {
        // Signed in while there is peace.
        stage.api(server).as(user);
      }
    }
    Reply opened =
        reader(stage)
            .postInMain(
                "/accounts",
                """
                {"code": "%s", "name": "x", "type": "LIABILITY", "currency": "EUR", "minimumBalance": 0}
                """
                    .formatted(MERCHANT));
    assertThat(opened.status()).as("%s", opened).isEqualTo(201);
  }

  private static TestApi.Calls reader(Stage stage) {
    return stage.api(0).as("integrator");
  }
}
