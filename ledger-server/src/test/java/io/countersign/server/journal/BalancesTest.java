package io.countersign.server.journal;

import static io.countersign.server.journal.JournalFixture.MAIN;
import static io.countersign.server.journal.JournalFixture.onDay;
import static io.countersign.server.journal.JournalFixture.transfer;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.model.accounts.AccountEntry;
import io.countersign.model.accounts.AccountType;
import io.countersign.model.accounts.Balance;
import io.countersign.model.accounts.TrialBalance;
import io.countersign.model.journal.Direction;
import io.countersign.model.journal.Entry;
import io.countersign.model.journal.Layer;
import io.countersign.model.journal.Transaction;
import io.countersign.server.testing.TestPostgres;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Balances on both axes of time, with checkpoints at any place and with none.
class BalancesTest {

  private static final List<String> ACCOUNTS = List.of("bank", "wallet:1", "wallet:2");

  private final JournalFixture books = new JournalFixture(TestPostgres.fresh());
  private final LocalDate today = MAIN.today(books.clock);

  @BeforeEach
  void open() {
    books.open("wallet:1", AccountType.LIABILITY, null);
    books.open("wallet:2", AccountType.LIABILITY, null);
  }

  @AfterEach
  void close() {
    books.database.close();
  }

  @Test
  void a_balance_is_as_it_was_on_a_day_and_as_it_was_known_at_an_instant() {
    Transaction first = books.recorded(transfer("bank", "wallet:1", 100));
    Transaction late = books.recorded(onDay(transfer("bank", "wallet:1", 7), today.minusDays(40)));
    Balance known = balance("wallet:1", today.minusDays(40), first.recordedAt());
    assertThat(known.posted()).isZero();
    assertThat(known.knownAt()).isEqualTo(first.recordedAt());
    assertThat(balance("wallet:1", today.minusDays(40), late.recordedAt()).posted())
        .isEqualTo(BigInteger.valueOf(7));
    Balance then = balance("wallet:1", null, first.recordedAt());
    assertThat(then.posted()).isEqualTo(BigInteger.valueOf(100));
    assertThat(then.sequence()).isEqualTo(first.sequence());
    assertThat(then.effectiveOn()).isEqualTo(today);
    assertThat(balance("wallet:1", null, first.recordedAt().minusNanos(1000)).posted()).isZero();
    Balance now = balance("wallet:1", null, null);
    assertThat(now.posted()).isEqualTo(BigInteger.valueOf(107));
    assertThat(now.knownAt()).isNull();
  }

  @Test
  void absurd_days_and_instants_are_answered_as_the_nearest() {
    books.recorded(transfer("bank", "wallet:1", 100));
    assertThat(balance("wallet:1", LocalDate.MAX, null).posted()).isEqualTo(100);
    assertThat(balance("wallet:1", LocalDate.MIN, null).posted()).isZero();
    assertThat(balance("wallet:1", null, Instant.MIN).posted()).isZero();
    assertThat(books.statements.page(1, "wallet:1", LocalDate.MIN, LocalDate.MAX, null, 9).items())
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void checkpoints_change_no_answer_wherever_they_are(long seed) {
    Random random = new Random(seed);
    Checkpoints checkpoints = books.eagerCheckpoints();
    List<Transaction> recorded = new ArrayList<>();
    for (int round = 0; round < 12; round++) {
      List<TransactionDraft> drafts = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(30); i++) {
        drafts.add(draft(random));
      }
      books.append(drafts).forEach(it -> recorded.add(it.orThrow()));
      if (random.nextBoolean()) {
        checkpoints.build(1, books.watermarks.take(1));
      }
    }
    List<String> asWritten = expected(recorded, random(seed));
    assertThat(books.count("journal.checkpoint")).isPositive();
    assertThat(answers(recorded, random(seed))).isEqualTo(asWritten);
    books.dropCheckpoints();
    assertThat(answers(recorded, random(seed))).isEqualTo(asWritten);
    checkpoints.build(1, books.watermarks.take(1));
    assertThat(answers(recorded, random(seed))).isEqualTo(asWritten);
    books.database.jdbcAsOwner().sql("DELETE FROM journal.checkpoint_days").update();
    assertThat(answers(recorded, random(seed))).as("days deleted by hand").isEqualTo(asWritten);
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22})
  void a_statement_runs_on_from_any_place_with_any_page_size(long seed) {
    Random random = new Random(seed);
    Checkpoints checkpoints = books.eagerCheckpoints();
    List<Transaction> recorded = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      recorded.add(books.recorded(draft(random)));
      if (i % 17 == 0) {
        checkpoints.build(1, books.watermarks.take(1));
      }
    }
    LocalDate from = today.minusDays(50);
    List<BigInteger> expected = new ArrayList<>();
    BigInteger running = BigInteger.ZERO;
    for (Transaction transaction :
        recorded.stream()
            .sorted(
                Comparator.comparing(Transaction::effectiveOn)
                    .thenComparingLong(Transaction::sequence))
            .toList()) {
      for (Entry entry : transaction.entries()) {
        if (entry.account().equals("bank")) {
          running = running.add(signed(entry));
          if (!transaction.effectiveOn().isBefore(from)) {
            expected.add(running);
          }
        }
      }
    }
    for (int limit : List.of(1, 3, 100)) {
      List<BigInteger> read = new ArrayList<>();
      String after = null;
      do {
        var page = books.statements.page(1, "bank", from, null, after, limit);
        page.items().stream().map(AccountEntry::runningBalance).forEach(read::add);
        after = page.next();
      } while (after != null);
      assertThat(read).isEqualTo(expected);
    }
  }

  @Test
  void floors_are_held_across_checkpoints() {
    books.wallet("wallet:3");
    Checkpoints checkpoints = books.eagerCheckpoints();
    books.fund("wallet:3", 10);
    checkpoints.build(1, books.watermarks.take(1));
    books.fund("wallet:3", 5);
    assertThat(books.append(transfer("wallet:3", "bank", 16))).isInstanceOf(Appended.Refused.class);
    books.recorded(onDay(transfer("wallet:3", "bank", 15), today.minusDays(90)));
    checkpoints.build(1, books.watermarks.take(1));
    assertThat(books.append(transfer("wallet:3", "bank", 1))).isInstanceOf(Appended.Refused.class);
    assertThat(books.available("wallet:3")).isZero();
  }

  @Test
  void an_account_is_checkpointed_when_it_is_worth_it() {
    for (int i = 0; i < 3; i++) {
      List<TransactionDraft> drafts = new ArrayList<>();
      for (int j = 0; j < 50; j++) {
        drafts.add(transfer("bank", j < 40 ? "wallet:1" : "wallet:2", 1));
      }
      books.append(drafts);
      books.checkpoints.build(1, books.watermarks.take(1));
    }
    assertThat(books.count("journal.checkpoint")).as("of bank alone").isEqualTo(1);
    books.append(transfer("bank", "wallet:1", 1));
    assertThat(books.posted("bank")).isEqualTo(151);
    assertThat(books.posted("wallet:1")).isEqualTo(121);
  }

  // One that may lie on any of the last hundred days.
  private TransactionDraft draft(Random random) {
    List<String> accounts = new ArrayList<>(ACCOUNTS);
    String from = accounts.remove(random.nextInt(3));
    String to = accounts.get(random.nextInt(2));
    LocalDate day = random.nextInt(3) == 0 ? today : today.minusDays(random.nextInt(100));
    return onDay(transfer(from, to, 1 + random.nextInt(1000)), day);
  }

  private static Random random(long seed) {
    return new Random(seed * 31);
  }

  // The same questions for the same seed, answered by the server.
  private List<String> answers(List<Transaction> recorded, Random random) {
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Question question = question(recorded, random);
      TrialBalance trial = books.balances.trialBalance(MAIN, question.day(), question.knownAt());
      trial.totals().forEach(total -> assertThat(total.debit()).isEqualTo(total.credit()));
      Map<String, BigInteger> debits = new TreeMap<>();
      trial.rows().forEach(row -> debits.put(row.account(), row.debit().subtract(row.credit())));
      for (String account : ACCOUNTS) {
        Balance balance = balance(account, question.day(), question.knownAt());
        BigInteger signed = account.equals("bank") ? balance.posted() : balance.posted().negate();
        answers.add(question + " " + account + " " + signed + " " + balance.sequence());
        assertThat(debits.getOrDefault(account, BigInteger.ZERO)).isEqualTo(signed);
      }
    }
    return answers;
  }

  // As a sum over all that was recorded.
  private List<String> expected(List<Transaction> recorded, Random random) {
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Question question = question(recorded, random);
      for (String account : ACCOUNTS) {
        BigInteger signed = BigInteger.ZERO;
        long sequence = 0;
        for (Transaction transaction : recorded) {
          if (question.sees(transaction)) {
            for (Entry entry : transaction.entries()) {
              if (entry.account().equals(account)) {
                signed = signed.add(signed(entry));
                sequence = Math.max(sequence, transaction.sequence());
              }
            }
          }
        }
        answers.add(question + " " + account + " " + signed + " " + sequence);
      }
    }
    return answers;
  }

  private record Question(LocalDate day, @Nullable Instant knownAt) {
    boolean sees(Transaction transaction) {
      return !transaction.effectiveOn().isAfter(day)
          && (knownAt == null || !transaction.recordedAt().isAfter(knownAt));
    }
  }

  private Question question(List<Transaction> recorded, Random random) {
    LocalDate day = today.minusDays(random.nextInt(105) - 2);
    Instant at = recorded.get(random.nextInt(recorded.size())).recordedAt();
    return switch (random.nextInt(3)) {
      case 0 -> new Question(day, null);
      case 1 -> new Question(day, at);
      default -> new Question(day, at.minusNanos(1000));
    };
  }

  private static BigInteger signed(Entry entry) {
    assertThat(entry.layer()).isEqualTo(Layer.POSTED);
    BigInteger amount = BigInteger.valueOf(entry.amount().minorUnits());
    return entry.direction() == Direction.DEBIT ? amount : amount.negate();
  }

  private Balance balance(String account, @Nullable LocalDate day, @Nullable Instant knownAt) {
    return books.balances.balance(MAIN, account, day, knownAt);
  }
}
