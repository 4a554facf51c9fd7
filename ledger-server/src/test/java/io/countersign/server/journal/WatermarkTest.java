package io.countersign.server.journal;

import static io.countersign.server.journal.JournalFixture.transfer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.model.accounts.AccountType;
import io.countersign.model.journal.Transaction;
import io.countersign.server.accounts.AccountsFixture;
import io.countersign.server.api.ProblemException;
import io.countersign.server.database.DatabaseUnusable;
import io.countersign.server.testing.TestPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class WatermarkTest {

  private static final int APPENDERS = 8;
  private static final int WATERMARKS = 30;

  private static final String STEP_AHEAD =
      """
      INSERT INTO journal.watermark (ledger_id, sequence, closed_at)
      VALUES (1, nextval('journal.transaction_sequence'), clock_timestamp() + interval '1 hour')
      """;

  private final JournalFixture books = new JournalFixture(TestPostgres.fresh());

  @BeforeEach
  void open() {
    books.open("wallet:1", AccountType.LIABILITY, null);
  }

  @AfterEach
  void close() {
    books.database.close();
  }

  @Test
  void what_is_recorded_before_is_below_and_what_comes_after_is_above_and_later() {
    assertThat(books.watermarks.newest(1)).isEmpty();
    Transaction before = books.recorded(transfer("bank", "wallet:1", 1));
    Watermark first = books.watermarks.take(1);
    Transaction after = books.recorded(transfer("bank", "wallet:1", 1));
    Watermark second = books.watermarks.take(1);
    assertThat(first.sequence()).isBetween(before.sequence(), after.sequence() - 1);
    assertThat(before.recordedAt()).isBeforeOrEqualTo(first.closedAt());
    assertThat(after.recordedAt()).isAfter(first.closedAt()).isBeforeOrEqualTo(second.closedAt());
    assertThat(books.watermarks.newest(1)).contains(second);
    assertThat(books.watermarks.after(1, 0, 10)).containsExactly(first, second);
    assertThat(books.watermarks.after(1, first.sequence(), 10)).containsExactly(second);
    assertThat(books.watermarks.after(1, 0, 1)).containsExactly(first);
  }

  @Test
  void only_ledgers_with_something_new_get_one() {
    books.recorded(transfer("bank", "wallet:1", 1));
    assertThat(books.watermarks.takeWhereSomethingIsNew(List.of(1, 2))).isEqualTo(1);
    assertThat(books.watermarks.takeWhereSomethingIsNew(List.of(1, 2))).isZero();
    assertThat(books.watermarks.newest(2)).isEmpty();
  }

  @Test
  void an_instant_is_covered_by_the_first_watermark_from_it_on() {
    Transaction first = books.recorded(transfer("bank", "wallet:1", 1));
    Watermark taken = books.watermarks.covering(1, first.recordedAt());
    Transaction second = books.recorded(transfer("bank", "wallet:1", 1));
    assertThat(books.watermarks.covering(1, first.recordedAt())).isEqualTo(taken);
    assertThat(books.watermarks.covering(1, first.recordedAt().plusNanos(999))).isEqualTo(taken);
    assertThat(books.watermarks.covering(1, second.recordedAt()).sequence())
        .isGreaterThan(second.sequence());
    assertThatThrownBy(() -> books.watermarks.covering(1, books.clock.instant().plusSeconds(60)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("invalid-time");
  }

  @Test
  void instants_go_on_when_the_clock_was_set_back() {
    books.database.jdbcAsOwner().sql(STEP_AHEAD).update();
    Watermark ahead = books.watermarks.newest(1).orElseThrow();
    Transaction later = books.recorded(transfer("bank", "wallet:1", 1));
    Watermark next = books.watermarks.take(1);
    assertThat(later.recordedAt()).isAfter(ahead.closedAt());
    assertThat(next.closedAt()).isAfter(ahead.closedAt()).isAfterOrEqualTo(later.recordedAt());
    assertThat(books.watermarks.covering(1, later.recordedAt())).isEqualTo(next);
  }

  @Test
  void a_sequence_that_was_set_back_appends_nothing_and_starts_no_server() {
    SequenceCheck check =
        new SequenceCheck(
            AccountsFixture.ledgers(books.database, books.clock),
            new WatermarkStore(books.database.jdbc()));
    for (int i = 0; i < 5; i++) {
      books.recorded(transfer("bank", "wallet:1", 1));
    }
    Watermark newest = books.watermarks.take(1);
    check.afterSingletonsInstantiated();
    setSequence(2);
    assertThatThrownBy(() -> books.append(transfer("bank", "wallet:1", 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("newest watermark " + newest.sequence());
    assertThat(books.count("journal.transaction")).isEqualTo(5);
    assertThatThrownBy(check::afterSingletonsInstantiated)
        .isInstanceOfSatisfying(
            DatabaseUnusable.class,
            refused ->
                assertThat(refused.remedy())
                    .contains("setval('journal.transaction_sequence', " + newest.sequence() + ")"));
    setSequence(newest.sequence());
    check.afterSingletonsInstantiated();
    assertThat(books.recorded(transfer("bank", "wallet:1", 1)).sequence())
        .isGreaterThan(newest.sequence());
  }

  @RepeatedTest(3)
  void nothing_appears_below_a_watermark_later() throws Exception {
    assertThat(appearedLater(() -> books.watermarks.take(1))).isZero();
    assertThat(onTheWrongSide()).as("instants that do not agree with their sequence").isZero();
  }

  @Test
  void planted_a_watermark_that_passes_the_gate_with_the_others_is_found_out() throws Exception {
    WatermarkStore store = new WatermarkStore(books.database.jdbc());
    assertThat(
            appearedLater(
                () -> {
                  store.insert(List.of(1));
                  return store.newest(1).orElseThrow();
                }))
        .isPositive();
  }

  private interface Taker {
    Watermark take();
  }

  private record Seen(Watermark watermark, long below) {}

  // How many watermarks had more below them in the end than when they were taken.
  private long appearedLater(Taker taker) throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    List<Seen> seen = new ArrayList<>();
    try (ExecutorService appenders = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < APPENDERS; i++) {
        running.add(appenders.submit(() -> appendUntil(stop)));
      }
      for (int i = 0; i < WATERMARKS; i++) {
        TimeUnit.MILLISECONDS.sleep(10);
        Watermark watermark = taker.take();
        seen.add(new Seen(watermark, below(watermark)));
      }
      stop.set(true);
      for (Future<?> appender : running) {
        appender.get(30, TimeUnit.SECONDS);
      }
    }
    assertThat(books.count("journal.transaction")).as("appends").isGreaterThan(WATERMARKS);
    assertThat(books.count("journal.transaction")).as("appends").isEqualTo(books.posted("bank"));
    return seen.stream().filter(it -> below(it.watermark()) != it.below()).count();
  }

  private void appendUntil(AtomicBoolean stop) {
    while (!stop.get()) {
      books.transactions.run(
          () -> {
            books.gate.enter();
            books.journal.append(JournalFixture.MAIN, transfer("bank", "wallet:1", 1)).orThrow();
            pause(Duration.ofMillis(1));
          });
    }
  }

  private long below(Watermark watermark) {
    long below =
        books
            .database
            .jdbc()
            .sql("SELECT count(*) FROM journal.transaction WHERE sequence <= ?")
            .param(watermark.sequence())
            .query(Long.class)
            .single();
    return below;
  }

  // Transactions above a watermark that were not recorded after it, or below and after it.
  private long onTheWrongSide() {
    return books
        .database
        .jdbc()
        .sql(
            """
            SELECT count(*) FROM journal.transaction t JOIN journal.watermark w USING (ledger_id)
            WHERE (t.sequence > w.sequence) <> (t.recorded_at > w.closed_at)
            """)
        .query(Long.class)
        .single();
  }

  private void setSequence(long value) {
    books
        .database
        .jdbcAsOwner()
        .sql("SELECT setval('journal.transaction_sequence', ?)")
        .param(value)
        .query(Long.class)
        .single();
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
