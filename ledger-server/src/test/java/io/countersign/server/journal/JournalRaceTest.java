package io.countersign.server.journal;

import static io.countersign.server.journal.JournalFixture.MAIN;
import static io.countersign.server.journal.JournalFixture.transfer;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.model.accounts.AccountStatus;
import io.countersign.model.id.HoldId;
import io.countersign.model.journal.Transaction;
import io.countersign.model.journal.TransactionKind;
import io.countersign.server.api.ProblemException;
import io.countersign.server.testing.TestDatabase;
import io.countersign.server.testing.TestPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalRaceTest {

  private static final int RACES = 100;

  @ParameterizedTest
  @ValueSource(strings = {"read committed", "repeatable read", "serializable"})
  void sixty_four_spenders_of_one_wallet_never_overdraw_it(String databaseDefault)
      throws Exception {
    try (TestDatabase database = TestPostgres.fresh()) {
      database
          .jdbcAsOwner()
          .sql(
              "ALTER DATABASE %s SET default_transaction_isolation = '%s'"
                  .formatted(name(database), databaseDefault))
          .update();
      database.app().getHikariPoolMXBean().softEvictConnections();
      JournalFixture books = new JournalFixture(database);
      books.wallet("wallet:1");
      books.wallet("wallet:2");
      books.fund("wallet:1", 100);
      List<Callable<Appended>> spenders = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        spenders.add(() -> books.append(transfer("wallet:1", "wallet:2", 7)));
      }
      long recorded = atOnce(spenders).stream().filter(Appended.Recorded.class::isInstance).count();
      assertThat(recorded).isEqualTo(100 / 7);
      assertThat(books.posted("wallet:1")).isEqualTo(100 - 7 * (100 / 7));
      assertThat(books.posted("wallet:2")).isEqualTo(7 * (100 / 7));
      assertThat(books.posted("bank")).isEqualTo(100);
    }
  }

  @Test
  void of_two_reversals_at_once_one_wins() throws Exception {
    try (TestDatabase database = TestPostgres.fresh()) {
      JournalFixture books = new JournalFixture(database);
      books.open("wallet:1", io.countersign.model.accounts.AccountType.LIABILITY, null);
      for (int race = 0; race < RACES; race++) {
        Transaction transaction = books.recorded(transfer("bank", "wallet:1", 10));
        Callable<Appended> reverse =
            () -> books.append(Drafts.reversalOf(transaction, "race", null, "tests"));
        assertThat(atOnce(List.of(reverse, reverse)))
            .filteredOn(Appended.Recorded.class::isInstance)
            .hasSize(1);
      }
      assertThat(books.posted("wallet:1")).isZero();
    }
  }

  @Test
  void a_hold_is_captured_or_released_and_never_both() throws Exception {
    try (TestDatabase database = TestPostgres.fresh()) {
      JournalFixture books = new JournalFixture(database);
      books.wallet("wallet:1");
      books.wallet("wallet:2");
      books.fund("wallet:1", RACES * 10L);
      long captures = 0;
      for (int race = 0; race < RACES; race++) {
        HoldId hold = hold(books);
        List<Boolean> won =
            atOnce(
                List.of(
                    () -> ends(books, () -> capture(books, hold)),
                    () -> ends(books, () -> release(books, hold))));
        assertThat(won).containsExactlyInAnyOrder(true, false);
        captures += won.getFirst() ? 1 : 0;
      }
      assertThat(books.posted("wallet:2")).isEqualTo(captures * 10);
      assertThat(books.available("wallet:1")).isEqualTo((RACES - captures) * 10);
      assertThat(books.posted("wallet:1")).isEqualTo((RACES - captures) * 10);
    }
  }

  @Test
  void nothing_moves_after_an_acknowledged_freeze() throws Exception {
    try (TestDatabase database = TestPostgres.fresh();
        ExecutorService spenders = Executors.newVirtualThreadPerTaskExecutor()) {
      JournalFixture books = new JournalFixture(database);
      books.wallet("wallet:1");
      AtomicBoolean stop = new AtomicBoolean();
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        running.add(
            spenders.submit(
                () -> {
                  while (!stop.get()) {
                    books.append(transfer("bank", "wallet:1", 1));
                  }
                }));
      }
      for (int race = 0; race < 20; race++) {
        books.changeStatus("wallet:1", AccountStatus.OPEN, AccountStatus.FROZEN);
        long frozenAt = books.posted("wallet:1");
        TimeUnit.MILLISECONDS.sleep(5);
        assertThat(books.posted("wallet:1")).isEqualTo(frozenAt);
        books.changeStatus("wallet:1", AccountStatus.FROZEN, AccountStatus.OPEN);
      }
      stop.set(true);
      for (Future<?> spender : running) {
        spender.get(30, TimeUnit.SECONDS);
      }
      assertThat(books.posted("wallet:1")).isEqualTo(books.posted("bank"));
    }
  }

  private static HoldId hold(JournalFixture books) {
    return books.transactions.write(
        () -> {
          books.gate.enter();
          return books.holds.open(
              MAIN,
              "wallet:1",
              "wallet:2",
              io.countersign.model.Money.of(10, "EUR"),
              "race",
              "tests",
              null);
        });
  }

  private static void capture(JournalFixture books, HoldId hold) {
    books.holds.capture(MAIN, hold, TransactionKind.CAPTURE, "tests", null);
  }

  private static void release(JournalFixture books, HoldId hold) {
    books.holds.release(MAIN, hold, "tests", null);
  }

  private static boolean ends(JournalFixture books, Runnable ending) {
    try {
      books.transactions.run(
          () -> {
            books.gate.enter();
            ending.run();
          });
      return true;
    } catch (ProblemException refused) {
      assertThat(refused.problem().slug()).isEqualTo("wrong-state");
      return false;
    }
  }

  private static String name(TestDatabase database) {
    return database.jdbc().sql("SELECT current_database()").query(String.class).single();
  }

  static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
    CyclicBarrier start = new CyclicBarrier(calls.size());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> futures = new ArrayList<>();
      for (Callable<T> call : calls) {
        futures.add(
            threads.submit(
                () -> {
                  start.await();
                  return call.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(result(future));
      }
      return results;
    }
  }

  private static <T> T result(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }
}
