package io.countersign.server.journal;

import static io.countersign.server.journal.JournalFixture.MAIN;
import static io.countersign.server.journal.JournalFixture.onDay;
import static io.countersign.server.journal.JournalFixture.transfer;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.model.accounts.AccountType;
import io.countersign.model.accounts.Balance;
import io.countersign.server.testing.TestPostgres;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/// Appenders, back-dating among them, against whoever takes watermarks, builds checkpoints, drops
/// them and asks.
class BalanceRaceTest {

  private static final int APPENDERS = 6;
  private static final int DAYS = 70;
  private static final int MILLIS = 2_000;

  private static final String REFERENCE =
      """
      SELECT coalesce(sum(e.amount), 0) FROM journal.entry e
      JOIN journal.transaction t ON t.ledger_id = e.ledger_id AND t.sequence = e.sequence
      JOIN accounts.account a ON a.ledger_id = e.ledger_id AND a.id = e.account_id
      WHERE e.ledger_id = 1 AND a.code = :account AND e.layer = 0 AND e.effective_on <= :day
        AND t.recorded_at <= :knownAt
      """;

  /// A question with `knownAt` and its first answer.
  private record Told(String account, LocalDate day, Instant knownAt, BigInteger posted) {}

  private final JournalFixture books = new JournalFixture(TestPostgres.fresh());
  private final LocalDate today = MAIN.today(books.clock);
  private final AtomicBoolean stop = new AtomicBoolean();
  private final ConcurrentLinkedQueue<Told> told = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void open() {
    books.wallet("wallet:1");
    books.open("wallet:2", AccountType.LIABILITY, null);
    for (int i = 0; i < 50; i++) {
      books.fund("wallet:1", 5);
    }
  }

  @AfterEach
  void close() {
    books.database.close();
  }

  @RepeatedTest(2)
  void what_was_known_then_is_the_same_for_ever_while_checkpoints_come_and_go() throws Exception {
    Checkpoints checkpoints = books.eagerCheckpoints();
    race(
        () -> {
          checkpoints.build(1, books.watermarks.take(1));
          pause(5);
        },
        () -> {
          books.dropCheckpoints();
          pause(60);
        });
    assertThat(wrong).isEmpty();
    assertThat(told).as("questions asked under load").hasSizeGreaterThan(20);
    assertThat(books.count("journal.transaction")).isGreaterThan(300);
    assertThat(differing()).isEmpty();
    assertThat(told).allSatisfy(it -> assertThat(it.posted()).isEqualTo(reference(it)));
    checkpoints.build(1, books.watermarks.take(1));
    assertThat(told).allSatisfy(it -> assertThat(ask(it)).isEqualTo(it.posted()));
  }

  @Test
  void planted_checkpoints_past_the_watermark_are_found_out() throws Exception {
    CountDownLatch numbered = new CountDownLatch(1);
    CountDownLatch built = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> slow =
          threads.submit(
              () ->
                  books.transactions.run(
                      () -> {
                        books.gate.enter();
                        books.journal.append(MAIN, transfer("bank", "wallet:1", 3)).orThrow();
                        numbered.countDown();
                        await(built);
                      }));
      await(numbered);
      long seen = books.recorded(transfer("bank", "wallet:1", 1)).sequence();
      books.eagerCheckpoints().build(1, new Watermark(seen, books.clock.instant()));
      built.countDown();
      slow.get(30, TimeUnit.SECONDS);
    }
    assertThat(differing()).as("balances that lack what appeared later").isNotEmpty();
  }

  private void race(Runnable build, Runnable drop) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < APPENDERS; i++) {
        running.add(threads.submit(repeated(this::append)));
      }
      running.add(threads.submit(repeated(build)));
      running.add(threads.submit(repeated(drop)));
      running.add(threads.submit(repeated(this::ask)));
      running.add(threads.submit(repeated(this::ask)));
      running.add(threads.submit(repeated(this::compare)));
      TimeUnit.MILLISECONDS.sleep(MILLIS);
      stop.set(true);
      for (Future<?> thread : running) {
        thread.get(60, TimeUnit.SECONDS);
      }
    }
  }

  private Callable<Void> repeated(Runnable work) {
    return () -> {
      while (!stop.get()) {
        work.run();
      }
      return null;
    };
  }

  private void append() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    LocalDate day = random.nextBoolean() ? today : today.minusDays(random.nextInt(DAYS));
    TransactionDraft draft =
        random.nextInt(4) == 0
            ? transfer("wallet:1", "wallet:2", 1 + random.nextInt(9))
            : transfer("bank", random.nextBoolean() ? "wallet:1" : "wallet:2", 1);
    books.transactions.run(
        () -> {
          books.gate.enter();
          books.journal.append(MAIN, onDay(draft, day));
          // Numbers are held for a while before they are seen.
          pause(random.nextInt(3));
        });
  }

  private void ask() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    String account = List.of("bank", "wallet:1", "wallet:2").get(random.nextInt(3));
    LocalDate day = today.minusDays(random.nextInt(DAYS));
    Balance balance =
        books.balances.balance(MAIN, account, day, databaseClock().minusMillis(random.nextInt(50)));
    Instant knownAt = java.util.Objects.requireNonNull(balance.knownAt());
    told.add(new Told(account, day, knownAt, signed(account, balance)));
    Told earlier = told.stream().skip(random.nextInt(told.size())).findFirst().orElseThrow();
    BigInteger again = ask(earlier);
    if (!again.equals(earlier.posted())) {
      wrong.add(earlier + " became " + again);
    }
  }

  // Debits and credits of one snapshot are equal, and the floor holds in every one.
  private void compare() {
    books
        .balances
        .trialBalance(MAIN, null, null)
        .totals()
        .forEach(
            total -> {
              if (!total.debit().equals(total.credit())) {
                wrong.add("trial balance " + total);
              }
            });
    if (books.available("wallet:1") < 0) {
      wrong.add("wallet:1 is overdrawn");
    }
  }

  private BigInteger ask(Told question) {
    return signed(
        question.account(),
        books.balances.balance(MAIN, question.account(), question.day(), question.knownAt()));
  }

  private static BigInteger signed(String account, Balance balance) {
    return account.equals("bank") ? balance.posted() : balance.posted().negate();
  }

  /// Accounts and days whose balance is not the sum of their entries.
  private List<String> differing() {
    List<String> differing = new ArrayList<>();
    for (String account : List.of("bank", "wallet:1", "wallet:2")) {
      for (int i = 0; i < DAYS; i++) {
        LocalDate day = today.minusDays(i);
        BigInteger posted = signed(account, books.balances.balance(MAIN, account, day));
        BigInteger summed =
            reference(new Told(account, day, Instant.parse("9999-01-01T00:00:00Z"), posted));
        if (!posted.equals(summed)) {
          differing.add(account + " on " + day + ": " + posted + " instead of " + summed);
        }
      }
    }
    return differing;
  }

  private BigInteger reference(Told question) {
    return books
        .database
        .jdbc()
        .sql(REFERENCE)
        .param("account", question.account())
        .param("day", question.day())
        .param("knownAt", OffsetDateTime.ofInstant(question.knownAt(), ZoneOffset.UTC))
        .query(BigDecimal.class)
        .single()
        .toBigIntegerExact();
  }

  private Instant databaseClock() {
    return books
        .database
        .jdbc()
        .sql("SELECT clock_timestamp()")
        .query(OffsetDateTime.class)
        .single()
        .toInstant();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pause(int millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
