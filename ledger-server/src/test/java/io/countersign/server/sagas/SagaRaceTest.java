package io.countersign.server.sagas;

import static io.countersign.server.sagas.SagaDefinition.undoneLocally;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.model.Relation;
import io.countersign.model.UuidV7;
import io.countersign.model.id.SagaId;
import io.countersign.model.payments.SagaState;
import io.countersign.server.testing.TestDatabase;
import io.countersign.server.testing.TestPostgres;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two servers that pick up one saga at the same time, a hundred times: what its steps do to the
/// database is there once. Their effects are rows, so that a second one is seen.
class SagaRaceTest {

  private static final int RACES = 100;

  private static final String EFFECTS =
      """
      CREATE TABLE public.effect (ledger_id integer, id bigint GENERATED ALWAYS AS IDENTITY,
                                  saga uuid, what text);
      GRANT SELECT, INSERT ON public.effect TO PUBLIC
      """;

  private final TestDatabase database = TestPostgres.fresh();
  private final Set<SagaId> refused = ConcurrentHashMap.newKeySet();
  private final Set<SagaId> jammed = ConcurrentHashMap.newKeySet();

  private final SagaDefinition order =
      SagaDefinition.of("order")
          .local("pack", run -> effect(run, "pack"), undoneLocally(this::unpack))
          .outside("ship", run -> this::shipped)
          .local("bill", run -> effect(run, "bill"))
          .build();

  private final Sagas one = server();
  private final Sagas other = server();

  @BeforeEach
  void makeTable() {
    database.jdbcAsOwner().sql(EFFECTS).update();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void two_servers_that_pick_up_one_saga_carry_it_on_once() throws Exception {
    for (int race = 0; race < RACES; race++) {
      SagaId id = started();
      atOnce(() -> one.run(1, id), () -> other.run(1, id));
      assertThat(row(id).state()).isEqualTo(SagaState.DONE);
      assertThat(effects(id)).containsExactly("pack", "bill");
      assertThat(logged(id)).containsExactly("pack", "ship", "bill");
    }
  }

  @Test
  void two_servers_that_undo_one_saga_undo_it_once() throws Exception {
    for (int race = 0; race < RACES; race++) {
      SagaId id = newSaga();
      refused.add(id);
      jammed.add(id);
      start(id);
      one.run(1, id);
      assertThat(row(id).state()).isEqualTo(SagaState.STUCK);
      jammed.remove(id);
      database.transactions().run(() -> one.retry(1, id, "olga"));
      atOnce(() -> one.run(1, id), () -> other.run(1, id));
      assertThat(row(id).state()).isEqualTo(SagaState.UNDONE);
      assertThat(effects(id)).containsExactly("pack", "unpack");
    }
  }

  @Test
  void a_server_that_runs_a_saga_and_one_that_is_told_of_its_step_carry_it_on_once()
      throws Exception {
    for (int race = 0; race < RACES; race++) {
      SagaId id = started();
      atOnce(
          () -> one.run(1, id),
          () ->
              database.transactions().run(() -> other.tell(1, id, "ship", new StepOutcome.Done())));
      assertThat(row(id).state()).isEqualTo(SagaState.DONE);
      assertThat(effects(id)).containsExactly("pack", "bill");
    }
  }

  private StepOutcome shipped(SagaRun run) {
    return refused.contains(run.saga())
        ? new StepOutcome.Refused("nobody lives there")
        : new StepOutcome.Done();
  }

  private StepOutcome unpack(SagaRun run) {
    return jammed.contains(run.saga())
        ? new StepOutcome.Stuck("the box is jammed")
        : effect(run, "unpack");
  }

  private StepOutcome effect(SagaRun run, String what) {
    database
        .jdbc()
        .sql("INSERT INTO public.effect (ledger_id, saga, what) VALUES (1, :saga, :what)")
        .param("saga", run.saga().uuid())
        .param("what", what)
        .update();
    return new StepOutcome.Done();
  }

  private List<String> effects(SagaId id) {
    return database
        .jdbc()
        .sql("SELECT what FROM public.effect WHERE saga = :saga ORDER BY id")
        .param("saga", id.uuid())
        .query(String.class)
        .list();
  }

  private List<String> logged(SagaId id) {
    return new SagaStore(database.jdbc())
        .logs(1, List.of(id)).getOrDefault(id, List.of()).stream().map(LogLine::step).toList();
  }

  private SagaId started() {
    SagaId id = newSaga();
    start(id);
    return id;
  }

  private SagaId newSaga() {
    return one.newId();
  }

  private void start(SagaId id) {
    Relation subject = new Relation("order", "order-1");
    database.transactions().run(() -> one.start(1, id, "order", subject, Sagas.GRACE));
  }

  private SagaRow row(SagaId id) {
    return new SagaStore(database.jdbc()).find(1, id).orElseThrow();
  }

  private static void atOnce(Runnable first, Runnable second) throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> both =
          Stream.of(first, second)
              .<Future<?>>map(
                  work ->
                      threads.submit(
                          () -> {
                            start.await();
                            work.run();
                            return null;
                          }))
              .toList();
      for (Future<?> each : both) {
        each.get();
      }
    }
  }

  private Sagas server() {
    return new Sagas(
        new SagaStore(database.jdbc()),
        new SagaDefinitions(() -> Stream.of(order)),
        (ledger, saga, version, at) -> {},
        database.transactions(),
        new UuidV7(Clock.systemUTC()),
        Clock.systemUTC());
  }
}
