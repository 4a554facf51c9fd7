package io.countersign.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.server.testing.TestDatabase;
import io.countersign.server.testing.TestPostgres;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

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

  private int standStill() {
    jdbc.sql("SET LOCAL idle_in_transaction_session_timeout = '20ms'").update();
    try {
      TimeUnit.MILLISECONDS.sleep(400);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return one();
  }

  private int one() {
    return jdbc.sql("SELECT 1").query(Integer.class).single();
  }
}
