package io.countersign.server.idempotency;

import static io.countersign.server.idempotency.IdempotencyFixture.OWNER;
import static io.countersign.server.idempotency.IdempotencyFixture.WINDOW;
import static io.countersign.server.idempotency.IdempotencyFixture.fingerprint;
import static io.countersign.server.idempotency.IdempotencyFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.server.api.Answer;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.OncePerKey.Effect;
import io.countersign.server.api.OncePerKey.Preamble;
import io.countersign.server.api.Problem;
import io.countersign.server.api.ProblemException;
import io.countersign.server.testing.PlantedPool;
import io.countersign.server.testing.TestClock;
import io.countersign.server.testing.TestDatabase;
import io.countersign.server.testing.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;

class IdempotencyTest {

  private final TestDatabase database = TestPostgres.fresh();
  private final TestClock clock = new TestClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final AtomicInteger effects = new AtomicInteger();
  private final Idempotency idempotency = idempotency(Duration.ofSeconds(2));

  @BeforeEach
  void make_a_place_for_effects() {
    database.jdbcAsOwner().sql("CREATE TABLE public.effect (number integer)").update();
    database.jdbcAsOwner().sql("GRANT ALL ON public.effect TO PUBLIC").update();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_retry_gets_the_first_answer_byte_for_byte_and_no_second_effect() {
    ResponseEntity<byte[]> first = execute(request("k", 1));
    ResponseEntity<byte[]> again = execute(request("k", 1));
    assertThat(again.getStatusCode()).isEqualTo(first.getStatusCode());
    assertThat(again.getBody()).isEqualTo(first.getBody());
    assertThat(first.getHeaders().headerNames()).doesNotContain("Idempotency-Replayed");
    assertThat(again.getHeaders().getFirst("Idempotency-Replayed")).isEqualTo("true");
    assertThat(effectRows()).isEqualTo(1);
  }

  @Test
  void another_request_under_a_used_key_is_refused_and_does_nothing() {
    execute(request("k", 1));
    assertThatThrownBy(() -> execute(request("k", 2)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("idempotency-key-reused");
    assertThat(effectRows()).isEqualTo(1);
  }

  @Test
  void a_key_belongs_to_its_ledger_and_its_owner() {
    execute(request("k", 1));
    execute(new KeyedRequest(2, OWNER, "k", fingerprint(2), "/"));
    execute(new KeyedRequest(1, new UUID(8, 8), "k", fingerprint(3), "/"));
    assertThat(effectRows()).isEqualTo(3);
  }

  @Test
  void a_refusal_undoes_what_was_written_and_replays() {
    Effect refusing =
        () -> {
          effect();
          throw Problem.of("insufficient-funds", 422, "Too little.").asException();
        };
    ResponseEntity<byte[]> first = idempotency.execute(request("k", 1), Preamble.NONE, refusing);
    ResponseEntity<byte[]> again = execute(request("k", 1));
    assertThat(first.getStatusCode().value()).isEqualTo(422);
    assertThat(again.getBody()).isEqualTo(first.getBody());
    assertThat(again.getHeaders().getFirst("Idempotency-Replayed")).isEqualTo("true");
    assertThat(effectRows()).isZero();
  }

  @Test
  void what_is_no_decision_leaves_the_key_unused() {
    for (int status : new int[] {400, 401, 403, 413, 415, 429, 500, 503}) {
      assertThatThrownBy(
              () ->
                  idempotency.execute(
                      request("k" + status, 1),
                      Preamble.NONE,
                      () -> {
                        effect();
                        throw Problem.of("any", status, "No.").asException();
                      }))
          .isInstanceOf(ProblemException.class);
      assertThat(execute(request("k" + status, 1)).getStatusCode().value()).isEqualTo(201);
    }
    assertThat(effectRows()).isEqualTo(8);
  }

  @Test
  void an_effect_that_crashes_leaves_neither_effect_nor_key() {
    assertThatThrownBy(
            () ->
                idempotency.execute(
                    request("k", 1),
                    Preamble.NONE,
                    () -> {
                      effect();
                      throw new IllegalStateException("bug");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(effectRows()).isZero();
    assertThat(execute(request("k", 1)).getStatusCode().value()).isEqualTo(201);
  }

  @Test
  void an_expired_key_executes_a_fresh_request() {
    execute(request("k", 1));
    clock.advance(WINDOW.minusMillis(1));
    assertThat(execute(request("k", 1)).getHeaders().getFirst("Idempotency-Replayed"))
        .isEqualTo("true");
    clock.advance(Duration.ofMillis(1));
    execute(request("k", 2));
    assertThat(effectRows()).isEqualTo(2);
  }

  @Test
  void a_purge_forgets_what_expired_and_nothing_else() {
    execute(request("old", 1));
    clock.advance(WINDOW);
    execute(request("new", 1));
    assertThat(idempotency.purge(500)).isEqualTo(1);
    assertThat(idempotency.purge(500)).isZero();
    execute(request("new", 1));
    assertThat(effectRows()).isEqualTo(2);
  }

  @Test
  void a_hundred_equal_requests_at_once_have_one_effect_and_equal_answers() throws Exception {
    List<ResponseEntity<byte[]>> answers = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<ResponseEntity<byte[]>>> running = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        running.add(callers.submit(() -> execute(request("k", 1))));
      }
      for (Future<ResponseEntity<byte[]>> answer : running) {
        answers.add(answer.get(20, TimeUnit.SECONDS));
      }
    }
    assertThat(effectRows()).isEqualTo(1);
    assertThat(answers)
        .extracting(ResponseEntity::getBody)
        .containsOnly(answers.getFirst().getBody());
    assertThat(answers)
        .filteredOn(answer -> !answer.getHeaders().containsHeader("Idempotency-Replayed"))
        .hasSize(1);
  }

  @Test
  void two_servers_with_one_key_make_one_effect() throws Exception {
    Idempotency other = idempotency(Duration.ofSeconds(2));
    for (int race = 0; race < 100; race++) {
      KeyedRequest request = request("race" + race, 1);
      try (ExecutorService servers = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<ResponseEntity<byte[]>> one = servers.submit(() -> execute(request));
        Future<ResponseEntity<byte[]>> two =
            servers.submit(() -> other.execute(request, Preamble.NONE, this::effect));
        assertThat(one.get().getBody()).isEqualTo(two.get().getBody());
      }
      assertThat(effectRows()).isEqualTo(race + 1);
    }
  }

  @Test
  void who_waits_too_long_for_the_first_is_told_to_come_back() throws Exception {
    Idempotency impatient = idempotency(Duration.ofMillis(20));
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<ResponseEntity<byte[]>> first =
          callers.submit(
              () ->
                  impatient.execute(
                      request("k", 1),
                      Preamble.NONE,
                      () -> {
                        started.countDown();
                        await(finish);
                        return effect();
                      }));
      started.await();
      assertThatThrownBy(() -> impatient.execute(request("k", 1), Preamble.NONE, this::effect))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("idempotency-key-in-use");
      finish.countDown();
      assertThat(first.get().getStatusCode().value()).isEqualTo(201);
    }
    assertThat(effectRows()).isEqualTo(1);
  }

  @Test
  void ten_thousand_callers_of_one_key_share_one_effect_and_cost_one_transaction()
      throws Exception {
    int callers = 10_000;
    CountDownLatch go = new CountDownLatch(1);
    List<Future<Integer>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < callers; i++) {
        running.add(
            threads.submit(
                () -> {
                  await(go);
                  return statusOf(() -> execute(request("storm", 1)));
                }));
      }
      go.countDown();
      for (Future<Integer> status : running) {
        assertThat(status.get(60, TimeUnit.SECONDS)).isIn(201, 409);
      }
    }
    assertThat(effectRows()).isEqualTo(1);
  }

  private static int statusOf(Callable<ResponseEntity<byte[]>> call) throws Exception {
    try {
      return call.call().getStatusCode().value();
    } catch (ProblemException refusal) {
      assertThat(refusal.problem().slug()).isEqualTo("idempotency-key-in-use");
      return refusal.problem().status();
    }
  }

  @Test
  void a_bite_that_waited_on_a_row_just_renewed_does_not_forget_it() throws Exception {
    assertThat(raceOfPurgeAndRenewal(idempotency)).isZero();
    assertThat(execute(request("renewed", 2)).getHeaders().getFirst("Idempotency-Replayed"))
        .isEqualTo("true");
    assertThat(effectRows()).isEqualTo(2);
  }

  @Test
  void that_race_finds_a_purge_without_its_condition() throws Exception {
    PlantedPool pool = new PlantedPool(database.app());
    try (TestDatabase planted = new TestDatabase(database.database(), pool)) {
      pool.plant(
          new PlantedPool.Plant(
              "LIMIT ?)\n  AND expires_at <= ?", "LIMIT ?)\n  AND (expires_at <= ? OR true)"));
      Idempotency faulty =
          new IdempotencyFixture(planted, planted.transactions(), clock, Duration.ofSeconds(2))
              .idempotency;
      assertThat(raceOfPurgeAndRenewal(faulty)).isEqualTo(1);
      assertThat(pool.sown()).isPositive();
    }
    execute(request("renewed", 2));
    assertThat(effectRows()).as("the forgotten key has a second effect").isEqualTo(3);
  }

  /// @return how many keys the purge forgot while one of them was being renewed
  private int raceOfPurgeAndRenewal(Idempotency purging) throws Exception {
    execute(request("renewed", 1));
    clock.advance(WINDOW);
    CountDownLatch renewing = new CountDownLatch(1);
    CountDownLatch commit = new CountDownLatch(1);
    try (ExecutorService two = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<ResponseEntity<byte[]>> renewal =
          two.submit(
              () ->
                  idempotency.execute(
                      request("renewed", 2),
                      Preamble.NONE,
                      () -> {
                        renewing.countDown();
                        await(commit);
                        return effect();
                      }));
      renewing.await();
      Future<Integer> bite = two.submit(() -> purging.purge(500));
      try {
        waitForALock();
      } finally {
        commit.countDown();
      }
      assertThat(renewal.get().getStatusCode().value()).isEqualTo(201);
      return bite.get();
    }
  }

  private void waitForALock() throws InterruptedException {
    String waiting =
        "SELECT count(*) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND wait_event_type = 'Lock'";
    for (int i = 0; i < 200; i++) {
      if (database.jdbc().sql(waiting).query(Long.class).single() > 0) {
        return;
      }
      Thread.sleep(10);
    }
    throw new AssertionError("the purge never waited for the renewal");
  }

  @Test
  void a_started_request_is_found_again_until_its_answer_joins_the_key() {
    UUID subject = UUID.randomUUID();
    assertThat(idempotency.start(request("k", 1), Preamble.NONE, () -> subject))
        .isEqualTo(new Idempotency.Start.Fresh(subject));
    assertThat(idempotency.start(request("k", 1), Preamble.NONE, UUID::randomUUID))
        .isEqualTo(new Idempotency.Start.Unanswered(subject));
    idempotency.answer(request("k", 1), Answer.accepted(Map.of("state", "submitted")), false);
    assertThat(idempotency.start(request("k", 1), Preamble.NONE, UUID::randomUUID))
        .isInstanceOf(Idempotency.Start.Answered.class);
    clock.advance(WINDOW.plus(WINDOW));
    assertThat(idempotency.start(request("k", 1), Preamble.NONE, UUID::randomUUID))
        .as("the window starts when the subject is final")
        .isInstanceOf(Idempotency.Start.Answered.class);
    database.transactions().run(() -> idempotency.ended(1, subject));
    clock.advance(WINDOW);
    assertThat(idempotency.start(request("k", 1), Preamble.NONE, UUID::randomUUID))
        .isInstanceOf(Idempotency.Start.Fresh.class);
  }

  private Idempotency idempotency(Duration wait) {
    return new IdempotencyFixture(database, database.transactions(), clock, wait).idempotency;
  }

  private ResponseEntity<byte[]> execute(KeyedRequest request) {
    return idempotency.execute(request, Preamble.NONE, this::effect);
  }

  private Answer effect() {
    int number = effects.incrementAndGet();
    database
        .jdbc()
        .sql("INSERT INTO public.effect VALUES (:number)")
        .param("number", number)
        .update();
    return Answer.created(Map.of("number", number));
  }

  private long effectRows() {
    return database.jdbc().sql("SELECT count(*) FROM public.effect").query(Long.class).single();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
