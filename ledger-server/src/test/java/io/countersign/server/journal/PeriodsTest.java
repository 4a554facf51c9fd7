package io.countersign.server.journal;

import static io.countersign.server.journal.JournalFixture.MAIN;
import static io.countersign.server.journal.JournalFixture.onDay;
import static io.countersign.server.journal.JournalFixture.transfer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.model.accounts.AccountType;
import io.countersign.model.journal.Period;
import io.countersign.model.journal.PeriodState;
import io.countersign.model.journal.Transaction;
import io.countersign.server.api.Caller;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.testing.TestPostgres;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PeriodsTest {

  private static final int RACES = 40;

  private final JournalFixture books = new JournalFixture(TestPostgres.fresh());
  private final YearMonth current = YearMonth.from(MAIN.today(books.clock));
  private final YearMonth last = current.minusMonths(1);

  @BeforeEach
  void open() {
    books.open("wallet:1", AccountType.LIABILITY, null);
  }

  @AfterEach
  void close() {
    books.database.close();
  }

  @Test
  void nothing_is_posted_into_a_closed_month_and_its_balances_stay() {
    books.recorded(onDay(transfer("bank", "wallet:1", 5), last.minusMonths(1).atDay(3)));
    books.recorded(onDay(transfer("bank", "wallet:1", 7), last.atDay(9)));
    assertThat(books.periods.list(MAIN))
        .extracting(Period::state)
        .containsExactly(PeriodState.OPEN, PeriodState.OPEN, PeriodState.OPEN);
    assertThatThrownBy(() -> closeMonth(last)).hasMessageContaining("invalid-time");
    closeMonth(last.minusMonths(1));
    closeMonth(last);
    assertThat(slug(books.append(onDay(transfer("bank", "wallet:1", 1), last.atEndOfMonth()))))
        .isEqualTo("period-closed");
    assertThat(slug(books.append(onDay(transfer("bank", "wallet:1", 1), LocalDate.of(2001, 1, 1)))))
        .isEqualTo("period-closed");
    assertThat(
            books
                .journal
                .foreseenRefusal(MAIN, onDay(transfer("bank", "wallet:1", 1), last.atDay(1)))
                .orElseThrow()
                .slug())
        .isEqualTo("period-closed");
    books.recorded(onDay(transfer("bank", "wallet:1", 1), current.atDay(1)));
    assertThat(books.balances.balance(MAIN, "wallet:1", last.atEndOfMonth()).posted())
        .isEqualTo(12);
    reopen(last);
    books.recorded(onDay(transfer("bank", "wallet:1", 1), last.atEndOfMonth()));
    assertThat(books.periods.list(MAIN))
        .extracting(Period::state)
        .containsExactly(PeriodState.CLOSED, PeriodState.OPEN, PeriodState.OPEN);
    assertThat(books.count("audit.record")).isEqualTo(3);
  }

  @Test
  void a_day_before_the_calendar_begins_is_refused() {
    assertThat(slug(books.append(onDay(transfer("bank", "wallet:1", 1), LocalDate.of(0, 12, 31)))))
        .isEqualTo("invalid-time");
    books.recorded(onDay(transfer("bank", "wallet:1", 1), Days.FIRST));
    assertThat(books.balances.balance(MAIN, "wallet:1", Days.FIRST).posted()).isEqualTo(1);
  }

  @Test
  void what_is_posted_today_counts_for_the_first_open_day_where_today_is_closed_already() {
    // East of here it is the next month, where this server's ledger still has the last day.
    LedgerScope west = new LedgerScope(1, "main", ZoneOffset.ofHours(-18));
    LocalDate today = west.today(books.clock);
    books
        .database
        .jdbcAsOwner()
        .sql(
            "INSERT INTO journal.period_change VALUES (1, 1, :m, 'closed', :m, :m, now(), 'tests')")
        .param("m", YearMonth.from(today).atDay(1))
        .update();
    Transaction recorded =
        books.transactions.write(
            () -> {
              books.gate.enter();
              return books.journal.append(west, transfer("bank", "wallet:1", 1)).orThrow();
            });
    assertThat(recorded.effectiveOn()).isEqualTo(YearMonth.from(today).plusMonths(1).atDay(1));
  }

  @Test
  void nothing_moves_in_a_month_after_its_closing_was_acknowledged() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    AtomicLong recorded = new AtomicLong();
    TransactionDraft draft = onDay(transfer("bank", "wallet:1", 1), last.atDay(15));
    books.recorded(draft);
    try (ExecutorService appenders = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        running.add(
            appenders.submit(
                () -> {
                  while (!stop.get()) {
                    switch (books.append(draft)) {
                      case Appended.Recorded it -> recorded.incrementAndGet();
                      case Appended.Refused refused ->
                          assertThat(refused.problem().slug()).isEqualTo("period-closed");
                    }
                  }
                }));
      }
      for (int race = 0; race < RACES; race++) {
        closeMonth(last);
        long closedAt = posted();
        TimeUnit.MILLISECONDS.sleep(3);
        assertThat(posted()).as("after closing %s", race).isEqualTo(closedAt);
        reopen(last);
        TimeUnit.MILLISECONDS.sleep(3);
      }
      stop.set(true);
      for (Future<?> appender : running) {
        appender.get(30, TimeUnit.SECONDS);
      }
    }
    assertThat(recorded.get()).isGreaterThan(RACES);
    assertThat(posted()).isEqualTo(recorded.get() + 1);
  }

  private long posted() {
    return books.balances.balance(MAIN, "wallet:1", last.atEndOfMonth()).posted().longValueExact();
  }

  private void closeMonth(YearMonth month) {
    books.transactions.run(
        () -> {
          books.gate.close();
          books.periods.close(MAIN, month, Caller.SYSTEM);
        });
  }

  private void reopen(YearMonth month) {
    books.transactions.run(
        () -> {
          books.gate.close();
          books.periods.reopen(MAIN, month, Caller.SYSTEM);
        });
  }

  private static String slug(Appended outcome) {
    return switch (outcome) {
      case Appended.Recorded recorded -> "recorded";
      case Appended.Refused refused -> refused.problem().slug();
    };
  }
}
