package io.countersign.server.journal;

import static io.countersign.server.idempotency.IdempotencyFixture.request;
import static io.countersign.server.journal.JournalFixture.MAIN;
import static io.countersign.server.journal.JournalFixture.transfer;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.model.accounts.AccountStatus;
import io.countersign.model.accounts.AccountType;
import io.countersign.model.journal.TransactionKind;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.journal.GroupCommit.Item;
import io.countersign.server.journal.GroupCommit.Outcome;
import io.countersign.server.testing.TestDatabase;
import io.countersign.server.testing.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;

class GroupCommitTest {

  private final TestDatabase database = TestPostgres.fresh();
  private final JournalFixture books = new JournalFixture(database);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_refusal_in_a_group_touches_no_neighbour_and_is_kept() {
    books.wallet("wallet:1");
    books.fund("wallet:1", 10);
    List<Outcome> outcomes =
        books.group.append(
            MAIN,
            List.of(
                Item.of(request("a", 1), transfer("wallet:1", "bank", 6)),
                Item.of(request("b", 2), transfer("wallet:1", "bank", 6)),
                Item.of(request("c", 3), transfer("nowhere", "bank", 1)),
                Item.of(request("d", 4), transfer("wallet:1", "bank", 4))));
    assertThat(outcomes).extracting(GroupCommitTest::status).containsExactly(201, 422, 404, 201);
    assertThat(books.posted("wallet:1")).isZero();
    books.fund("wallet:1", 100);
    Outcome again =
        books
            .group
            .append(MAIN, List.of(Item.of(request("b", 2), transfer("wallet:1", "bank", 6))))
            .getFirst();
    assertThat(status(again)).as("a refusal of the books replays").isEqualTo(422);
    assertThat(((Outcome.Kept) again).answer().replayed()).isTrue();
  }

  @Test
  void a_key_that_comes_twice_in_one_batch_is_executed_once() {
    books.wallet("wallet:1");
    Item same = Item.of(request("k", 1), transfer("bank", "wallet:1", 5));
    Item other = Item.of(request("k", 2), transfer("bank", "wallet:1", 6));
    List<Outcome> outcomes =
        books.group.append(
            MAIN, List.of(same, Item.of(request("k", 1), transfer("bank", "wallet:1", 5)), other));
    assertThat(outcomes).extracting(GroupCommitTest::status).containsExactly(201, 201, 422);
    assertThat(((Outcome.Kept) outcomes.get(1)).answer().replayed()).isTrue();
    assertThat(((Outcome.Failed) outcomes.get(2)).problem().problem().slug())
        .isEqualTo("idempotency-key-reused");
    assertThat(books.posted("wallet:1")).isEqualTo(5);
  }

  @Test
  void whoever_fails_unexpectedly_fails_alone() {
    books.wallet("wallet:1");
    // As a bug would: PostgreSQL refuses the description of just one of them.
    database
        .jdbcAsOwner()
        .sql("ALTER TABLE journal.transaction ADD CHECK (description <> 'broken')")
        .update();
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      items.add(Item.of(request("k" + i, i), i == 17 ? broken() : transfer("bank", "wallet:1", 1)));
    }
    List<Callable<ResponseEntity<byte[]>>> callers = new ArrayList<>();
    for (Item item : items) {
      callers.add(() -> books.group.append(MAIN, item.request(), draft(item)));
    }
    List<Throwable> failures = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<ResponseEntity<byte[]>>> running = callers.stream().map(threads::submit).toList();
      for (Future<ResponseEntity<byte[]>> one : running) {
        try {
          assertThat(one.get(20, TimeUnit.SECONDS).getStatusCode().value()).isEqualTo(201);
        } catch (Exception e) {
          failures.add(e);
        }
      }
    }
    assertThat(failures).hasSize(1);
    assertThat(books.posted("wallet:1")).isEqualTo(49);
    assertThat(books.count("idempotency.key")).as("the failed one's key is unused").isEqualTo(49);
  }

  @Test
  void two_servers_with_the_same_keys_have_one_effect_each() throws Exception {
    books.wallet("wallet:1");
    GroupCommit other = books.anotherServer();
    for (int race = 0; race < 20; race++) {
      List<Item> items = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        items.add(Item.of(request("r" + race + "-" + i, i), transfer("bank", "wallet:1", 1)));
      }
      List<List<Outcome>> both =
          JournalRaceTest.atOnce(
              List.of(
                  () -> books.group.append(MAIN, items),
                  () -> other.append(MAIN, items.reversed())));
      assertThat(bodies(both.get(0))).isEqualTo(bodies(both.get(1).reversed()));
      assertThat(books.posted("wallet:1")).isEqualTo(50L * (race + 1));
    }
  }

  @Test
  void sixty_four_spenders_in_groups_never_overdraw() throws Exception {
    books.wallet("wallet:1");
    books.open("wallet:2", AccountType.LIABILITY, null);
    books.fund("wallet:1", 1000);
    GroupCommit other = books.anotherServer();
    List<Callable<ResponseEntity<byte[]>>> spenders = new ArrayList<>();
    for (int i = 0; i < 640; i++) {
      KeyedRequest request = request("spend" + i, i);
      GroupCommit server = i % 2 == 0 ? books.group : other;
      spenders.add(() -> server.append(MAIN, request, transfer("wallet:1", "wallet:2", 7)));
    }
    long recorded =
        JournalRaceTest.atOnce(spenders).stream()
            .filter(answer -> answer.getStatusCode().value() == 201)
            .count();
    assertThat(recorded).isEqualTo(1000 / 7);
    assertThat(books.posted("wallet:1")).isEqualTo(1000 % 7);
    assertThat(books.posted("wallet:2")).isEqualTo(7 * (1000 / 7));
  }

  @Test
  void nothing_is_posted_after_an_acknowledged_freeze() throws Exception {
    for (int race = 0; race < 20; race++) {
      String wallet = "wallet:" + race;
      books.open(wallet, AccountType.LIABILITY, null);
      List<Callable<Integer>> callers = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        KeyedRequest request = request(wallet + "-" + i, i);
        callers.add(
            () ->
                books
                    .group
                    .append(MAIN, request, transfer("bank", wallet, 1))
                    .getStatusCode()
                    .value());
      }
      List<Long> seen = new ArrayList<>();
      callers.add(
          50,
          () -> {
            books.changeStatus(wallet, AccountStatus.OPEN, AccountStatus.FROZEN);
            seen.add(books.posted(wallet));
            return 0;
          });
      JournalRaceTest.atOnce(callers);
      assertThat(books.posted(wallet)).isEqualTo(seen.getFirst());
    }
  }

  @Test
  void a_hundred_thousand_keys_retried_at_once_replay_and_leave_connections_for_others()
      throws Exception {
    books.wallet("wallet:1");
    int keys = 100_000;
    int batch = 10_000;
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < keys; i++) {
      items.add(Item.of(request("k" + i, i), transfer("bank", "wallet:1", 1)));
    }
    for (int first = 0; first < keys; first += batch) {
      assertThat(books.group.append(MAIN, items.subList(first, first + batch)))
          .allMatch(outcome -> status(outcome) == 201);
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> storm = new ArrayList<>();
      for (Item item : items) {
        Item again = Item.of(item.request(), draft(item));
        storm.add(
            threads.submit(() -> status(books.group.append(MAIN, List.of(again)).getFirst())));
      }
      // Somebody else, all the while: each question finds a connection, or fails after 5 s.
      int asked = 0;
      while (storm.stream().anyMatch(retry -> !retry.isDone())) {
        assertThat(books.posted("wallet:1")).isEqualTo(keys);
        assertThat(database.app().getHikariPoolMXBean().getActiveConnections()).isLessThan(8);
        asked++;
      }
      assertThat(asked).as("questions in the middle of it").isPositive();
      Set<Integer> statuses = new HashSet<>();
      for (Future<Integer> retry : storm) {
        statuses.add(retry.get(120, TimeUnit.SECONDS));
      }
      assertThat(statuses).contains(201).isSubsetOf(201, 409, 429, 503);
    }
    assertThat(books.posted("wallet:1")).as("no second effect").isEqualTo(keys);
  }

  private static TransactionDraft broken() {
    return TransactionDraft.of(TransactionKind.TRANSFER, "broken", "tests")
        .entries(transfer("bank", "wallet:1", 1).entries())
        .build();
  }

  private static TransactionDraft draft(Item item) {
    return java.util.Objects.requireNonNull(item.draft());
  }

  private static Set<String> bodies(List<Outcome> outcomes) {
    Set<String> bodies = new HashSet<>();
    for (Outcome outcome : outcomes) {
      bodies.add(
          new String(((Outcome.Kept) outcome).answer().answer().body(), StandardCharsets.UTF_8));
    }
    return bodies;
  }

  private static int status(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Kept kept -> kept.answer().answer().status();
      case Outcome.Failed failed -> failed.problem().problem().status();
    };
  }
}
