package io.countersign.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.countersign.server.testing.TestDatabase;
import io.countersign.server.testing.TestPostgres;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

class TransactionsTest {

  private final TestDatabase database = TestPostgres.fresh();
  private final JdbcClient jdbc = database.jdbc();
  private final AtomicInteger runs = new AtomicInteger();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_session_that_was_ended_for_standing_still_is_run_again() {
    int result =
        database.transactions().write(() -> runs.incrementAndGet() == 1 ? standStill() : one());
    assertThat(result).isEqualTo(1);
    assertThat(runs).hasValue(2);
  }

  @Test
  void one_that_always_stands_still_is_told_as_a_lost_connection() {
    assertThatThrownBy(() -> database.transactions().write(this::standStill))
        .isInstanceOf(DataAccessResourceFailureException.class);
  }

  @Test
  void one_whose_connection_is_lost_before_a_task_is_scheduled_is_run_again() {
    SchedulerClient scheduler = scheduler();
    database
        .transactions()
        .run(
            () -> {
              if (runs.incrementAndGet() == 1) {
                endSession();
              }
              scheduler.scheduleIfNotExists(
                  new TaskInstance<Void>("saga", "lost-once"), Instant.EPOCH);
            });
    assertThat(runs).hasValue(2);
    assertThat(scheduled()).isEqualTo(1);
  }

  @Test
  void one_that_always_loses_its_connection_there_is_told_as_a_lost_connection() {
    SchedulerClient scheduler = scheduler();
    assertThatThrownBy(
            () ->
                database
                    .transactions()
                    .run(
                        () -> {
                          endSession();
                          scheduler.scheduleIfNotExists(
                              new TaskInstance<Void>("saga", "lost"), Instant.EPOCH);
                        }))
        .isInstanceOf(DataAccessResourceFailureException.class);
    assertThat(scheduled()).isZero();
  }

  @Test
  void what_is_not_the_databases_is_told_as_it_is_and_at_once() {
    IllegalArgumentException bug = new IllegalArgumentException("a bug");
    assertThatThrownBy(
            () ->
                database
                    .transactions()
                    .run(
                        () -> {
                          runs.incrementAndGet();
                          throw bug;
                        }))
        .isSameAs(bug);
    assertThat(runs).hasValue(1);
  }

  private SchedulerClient scheduler() {
    return SchedulerClient.Builder.create(new TransactionAwareDataSourceProxy(database.app()))
        .tableName("scheduler.scheduled_tasks")
        .build();
  }

  private int scheduled() {
    return jdbc.sql("SELECT count(*) FROM scheduler.scheduled_tasks").query(Integer.class).single();
  }

  // As after a kill of PostgreSQL in the middle: the session ends, and nobody has noticed yet.
  private void endSession() {
    jdbc.sql("SET LOCAL idle_in_transaction_session_timeout = '20ms'").update();
    try {
      TimeUnit.MILLISECONDS.sleep(400);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int standStill() {
    endSession();
    return one();
  }

  private int one() {
    return jdbc.sql("SELECT 1").query(Integer.class).single();
  }
}
