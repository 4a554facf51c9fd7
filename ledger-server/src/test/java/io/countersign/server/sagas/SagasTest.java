package io.countersign.server.sagas;

import static io.countersign.server.sagas.SagaDefinition.undoneLocally;
import static io.countersign.server.sagas.SagaDefinition.undoneOutside;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.model.Relation;
import io.countersign.model.UuidV7;
import io.countersign.model.id.SagaId;
import io.countersign.model.payments.Saga;
import io.countersign.model.payments.SagaState;
import io.countersign.server.api.ProblemException;
import io.countersign.server.testing.TestClock;
import io.countersign.server.testing.TestDatabase;
import io.countersign.server.testing.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SagasTest {

  private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");
  private static final StepOutcome DONE = new StepOutcome.Done();

  /// @param version the saga's when it was promised
  private record Promise(SagaId saga, long version, Instant at) {}

  private final TestDatabase database = TestPostgres.fresh();
  private final TestClock clock = new TestClock(START);
  private final List<String> did = new ArrayList<>();
  private final List<Promise> promises = new ArrayList<>();
  private Supplier<StepOutcome> pack = () -> DONE;
  private Supplier<StepOutcome> ship = () -> DONE;
  private Supplier<StepOutcome> bill = () -> DONE;
  private Supplier<StepOutcome> fetchBack = () -> DONE;
  private Supplier<StepOutcome> unpack = () -> DONE;

  private final SagaDefinition order =
      SagaDefinition.of("order")
          .local("pack", run -> did("pack", pack), undoneLocally(run -> did("unpack", unpack)))
          .outside(
              "ship",
              run -> {
                StepOutcome outcome = did("ship", ship);
                return ending -> outcome;
              },
              undoneOutside(
                  run -> {
                    StepOutcome outcome = did("fetch back", fetchBack);
                    return ending -> outcome;
                  }))
          .local("bill", run -> did("bill", bill))
          .local("tell", run -> did("tell", () -> DONE))
          .build();

  private final Sagas sagas = server();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_saga_goes_to_its_end_and_local_steps_commit_with_the_step_before() {
    SagaId id = started();
    assertThat(did).containsExactly("pack");
    assertThat(saga(id).state()).isEqualTo(SagaState.RUNNING);
    sagas.run(1, id);
    assertThat(did).containsExactly("pack", "ship", "bill", "tell");
    assertThat(saga(id).state()).isEqualTo(SagaState.DONE);
    assertThat(saga(id).steps()).extracting(Saga.Step::state).containsOnly("done");
    assertThat(store().find(1, id).orElseThrow().version()).isEqualTo(1);
  }

  @Test
  void a_refused_step_undoes_those_before_it_in_reverse_order() {
    SagaId id = started();
    bill = () -> new StepOutcome.Refused("no such customer");
    sagas.run(1, id);
    assertThat(did).containsExactly("pack", "ship", "bill", "fetch back", "unpack");
    assertThat(saga(id).state()).isEqualTo(SagaState.UNDONE);
    assertThat(saga(id).steps())
        .extracting(Saga.Step::state)
        .containsExactly("undone", "undone", "refused", "skipped");
  }

  @Test
  void what_waits_is_tried_again_at_its_time_and_a_promise_is_kept_for_it() {
    SagaId id = started();
    ship = () -> new StepOutcome.Waits(START.plusSeconds(60), "the lorry is full");
    sagas.run(1, id);
    assertThat(did).containsExactly("pack", "ship");
    assertThat(promises.getLast()).isEqualTo(new Promise(id, 1, START.plusSeconds(60)));
    assertThat(saga(id).steps().get(1).lastError()).isEqualTo("the lorry is full");
    ship = () -> DONE;
    sagas.wake(1, id, 0);
    assertThat(did).as("an outdated wake-up does nothing").containsExactly("pack", "ship");
    sagas.wake(1, id, 1);
    assertThat(saga(id).state()).isEqualTo(SagaState.DONE);
  }

  @Test
  void a_step_that_fails_is_tried_again_later_and_at_last_waits_for_a_person() {
    SagaId id = started();
    bill =
        () -> {
          throw new IllegalStateException("the printer burns");
        };
    for (int attempt = 1; attempt < Backoff.FAILURES_MAX; attempt++) {
      sagas.run(1, id);
      Promise promise = promises.getLast();
      assertThat(promise.at()).isAfter(clock.instant());
      clock.advance(Duration.ofMinutes(11));
    }
    assertThat(saga(id).state()).isEqualTo(SagaState.RUNNING);
    sagas.run(1, id);
    Saga stuck = saga(id);
    assertThat(stuck.state()).isEqualTo(SagaState.STUCK);
    assertThat(stuck.steps().get(1).lastError()).isEqualTo("the printer burns");
    assertThat(stuck.steps().get(1).attempts()).isEqualTo(Backoff.FAILURES_MAX);
    assertThat(stuck.createdAt()).isEqualTo(START);
    assertThat(stuck.updatedAt()).as("since when it is stuck").isEqualTo(clock.instant());

    bill = () -> DONE;
    database.transactions().run(() -> sagas.retry(1, id, "olga"));
    sagas.wake(1, id, promises.getLast().version());
    assertThat(saga(id).state()).isEqualTo(SagaState.DONE);
    assertThatThrownBy(() -> database.transactions().run(() -> sagas.retry(1, id, "olga")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("wrong-state");
  }

  @Test
  void a_failure_of_a_local_step_takes_the_end_of_the_step_before_with_it() {
    SagaId id = started();
    bill =
        () -> {
          throw new IllegalStateException("no ink");
        };
    sagas.run(1, id);
    assertThat(saga(id).steps().get(1).state()).isEqualTo("running");
    bill = () -> DONE;
    sagas.run(1, id);
    assertThat(did).containsExactly("pack", "ship", "bill", "ship", "bill", "tell");
  }

  @Test
  void what_a_step_is_told_from_outside_carries_the_saga_on_once() {
    SagaId id = started();
    ship = () -> new StepOutcome.Waits(START.plusSeconds(60), "no answer");
    sagas.run(1, id);
    did.clear();
    tell(id, "ship", DONE);
    tell(id, "ship", DONE);
    tell(id, "bill", new StepOutcome.Refused("too late"));
    assertThat(did).containsExactly("bill", "tell");
    assertThat(saga(id).state()).isEqualTo(SagaState.DONE);
  }

  @Test
  void an_answer_that_comes_after_the_saga_has_moved_on_does_not_move_it_again() {
    SagaId id = started();
    ship =
        () -> {
          tell(id, "ship", DONE);
          return new StepOutcome.Refused("the answer to an earlier call");
        };
    sagas.run(1, id);
    assertThat(did).containsExactly("pack", "ship", "bill", "tell");
    assertThat(saga(id).state()).isEqualTo(SagaState.DONE);
  }

  @Test
  void another_server_carries_on_what_a_dead_one_has_left_where_it_was() {
    SagaId id = started();
    Promise promise = promises.getLast();
    assertThat(promise).isEqualTo(new Promise(id, 0, START.plus(Sagas.GRACE)));
    Sagas other = server();
    other.wake(1, id, promise.version());
    assertThat(did).containsExactly("pack", "ship", "bill", "tell");
    assertThat(saga(id).state()).isEqualTo(SagaState.DONE);
  }

  @Test
  void a_saga_whose_creation_is_undone_was_never_there() {
    SagaId id = sagas.newId();
    pack =
        () -> {
          throw new IllegalStateException("no boxes");
        };
    assertThatThrownBy(() -> start(id)).hasMessage("no boxes");
    assertThat(store().find(1, id)).isEmpty();
  }

  private SagaId started() {
    SagaId id = sagas.newId();
    start(id);
    return id;
  }

  private void start(SagaId id) {
    Relation subject = new Relation("order", "order-1");
    database.transactions().run(() -> sagas.start(1, id, "order", subject, Sagas.GRACE));
  }

  private void tell(SagaId id, String step, StepOutcome outcome) {
    database.transactions().run(() -> sagas.tell(1, id, step, outcome));
  }

  private StepOutcome did(String what, Supplier<StepOutcome> outcome) {
    did.add(what);
    return outcome.get();
  }

  private Saga saga(SagaId id) {
    SagaRow row = store().find(1, id).orElseThrow();
    return SagaViews.of(order, row, store().logs(1, List.of(id)).getOrDefault(id, List.of()));
  }

  private SagaStore store() {
    return new SagaStore(database.jdbc());
  }

  private Sagas server() {
    return new Sagas(
        store(),
        new SagaDefinitions(() -> Stream.of(order)),
        (ledger, saga, version, at) -> promises.add(new Promise(saga, version, at)),
        database.transactions(),
        new UuidV7(clock),
        clock);
  }
}
