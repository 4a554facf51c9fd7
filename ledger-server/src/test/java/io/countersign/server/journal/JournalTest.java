package io.countersign.server.journal;

import static io.countersign.server.journal.JournalFixture.MAIN;
import static io.countersign.server.journal.JournalFixture.onDay;
import static io.countersign.server.journal.JournalFixture.transfer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.model.Money;
import io.countersign.model.accounts.AccountEntry;
import io.countersign.model.accounts.AccountStatus;
import io.countersign.model.accounts.TrialBalance;
import io.countersign.model.journal.Transaction;
import io.countersign.model.journal.TransactionKind;
import io.countersign.server.api.Page;
import io.countersign.server.api.Problem;
import io.countersign.server.api.ProblemException;
import io.countersign.server.testing.TestPostgres;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JournalTest {

  private final JournalFixture books = new JournalFixture(TestPostgres.fresh());

  @AfterEach
  void close() {
    books.database.close();
  }

  @Test
  void what_is_appended_is_read_back_as_it_was_answered() {
    books.wallet("wallet:1");
    Transaction answered = books.recorded(transfer("bank", "wallet:1", 1250));
    assertThat(books.reader.get(1, answered.id())).isEqualTo(answered);
    assertThat(books.posted("wallet:1")).isEqualTo(1250);
    assertThat(books.posted("bank")).isEqualTo(1250);
  }

  @Test
  void a_refused_draft_leaves_no_trace_and_refuses_no_neighbour() {
    books.wallet("wallet:1");
    books.wallet("wallet:2");
    List<Appended> outcomes =
        books.append(
            List.of(
                transfer("wallet:1", "wallet:2", 1),
                transfer("bank", "wallet:1", 100),
                transfer("wallet:1", "wallet:2", 60),
                transfer("wallet:1", "wallet:2", 60),
                transfer("bank", "nowhere", 5)));
    assertThat(outcomes.stream().map(JournalTest::slug).toList())
        .containsExactly(
            "insufficient-funds",
            "recorded",
            "recorded",
            "insufficient-funds",
            "account-not-found");
    assertThat(books.posted("wallet:1")).isEqualTo(40);
    assertThat(books.posted("wallet:2")).isEqualTo(60);
    assertThat(books.count("journal.transaction")).isEqualTo(2);
    assertThat(books.count("journal.entry")).isEqualTo(4);
  }

  @Test
  void a_refusal_for_funds_tells_account_and_what_is_available() {
    books.wallet("wallet:1");
    books.fund("wallet:1", 30);
    Appended outcome = books.append(transfer("wallet:1", "bank", 31));
    Problem problem = ((Appended.Refused) outcome).problem();
    assertThat(problem.members())
        .containsEntry("account", "wallet:1")
        .containsEntry("available", BigInteger.valueOf(30));
  }

  @Test
  void a_transaction_is_reversed_once_and_both_sides_say_so() {
    books.wallet("wallet:1");
    Transaction first = books.recorded(transfer("bank", "wallet:1", 500));
    Transaction reversal = books.recorded(Drafts.reversalOf(first, "sent twice", null, "tests"));
    assertThat(books.posted("wallet:1")).isZero();
    assertThat(books.reader.get(1, first.id()).reversedBy()).isEqualTo(reversal.id());
    assertThat(reversal.reverses()).isEqualTo(first.id());
    assertThat(slug(books.append(Drafts.reversalOf(first, "again", null, "tests"))))
        .isEqualTo("already-reversed");
    assertThat(books.posted("wallet:1")).isZero();
  }

  @Test
  void appending_without_the_gate_is_a_bug() {
    assertThatThrownBy(
            () -> books.transactions.run(() -> books.journal.append(MAIN, transfer("a", "b", 1))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("gate");
  }

  @Test
  void a_balance_of_a_past_day_leaves_later_days_out() {
    books.wallet("wallet:1");
    LocalDate today = MAIN.today(books.clock);
    books.recorded(onDay(transfer("bank", "wallet:1", 10), today.minusDays(2)));
    books.recorded(onDay(transfer("bank", "wallet:1", 5), today.minusDays(1)));
    books.recorded(transfer("bank", "wallet:1", 1));
    assertThat(books.balances.balance(MAIN, "wallet:1", today.minusDays(3)).posted()).isZero();
    assertThat(books.balances.balance(MAIN, "wallet:1", today.minusDays(2)).posted())
        .isEqualTo(BigInteger.TEN);
    assertThat(books.balances.balance(MAIN, "wallet:1", null).posted())
        .isEqualTo(BigInteger.valueOf(16));
  }

  @Test
  void a_statement_runs_by_day_and_its_pages_join_up() {
    books.wallet("wallet:1");
    LocalDate today = MAIN.today(books.clock);
    books.recorded(transfer("bank", "wallet:1", 100));
    books.recorded(transfer("wallet:1", "bank", 30));
    books.recorded(onDay(transfer("bank", "wallet:1", 7), today.minusDays(1)));
    List<Long> running = new ArrayList<>();
    String after = null;
    do {
      Page<AccountEntry> page = books.statements.page(1, "wallet:1", null, null, after, 1);
      page.items().forEach(entry -> running.add(entry.runningBalance().longValueExact()));
      after = page.next();
    } while (after != null);
    assertThat(running).containsExactly(7L, 107L, 77L);
    assertThat(
            books.statements.page(1, "wallet:1", today, null, null, 10).items().stream()
                .map(entry -> entry.runningBalance().longValueExact()))
        .containsExactly(107L, 77L);
  }

  @Test
  void debits_equal_credits_in_the_trial_balance_and_reversed_pairs_stay() {
    books.wallet("wallet:1");
    books.wallet("wallet:2");
    Transaction first = books.recorded(transfer("bank", "wallet:1", 900));
    books.recorded(transfer("bank", "wallet:2", 50));
    books.recorded(Drafts.reversalOf(first, "mistaken", null, "tests"));
    TrialBalance trial = books.balances.trialBalance(MAIN, null, null);
    assertThat(trial.rows().stream().map(TrialBalance.Row::account))
        .containsExactly("bank", "wallet:1", "wallet:2");
    assertThat(trial.totals()).hasSize(1);
    assertThat(trial.totals().getFirst().debit())
        .isEqualTo(trial.totals().getFirst().credit())
        .isEqualTo(BigInteger.valueOf(50));
  }

  @Test
  void balances_beyond_64_bits_are_told_exactly() {
    books.wallet("wallet:1");
    books.recorded(transfer("bank", "wallet:1", Long.MAX_VALUE));
    books.recorded(transfer("bank", "wallet:1", Long.MAX_VALUE));
    assertThat(books.balances.balance(MAIN, "wallet:1", null).posted())
        .isEqualTo(BigInteger.valueOf(Long.MAX_VALUE).shiftLeft(1));
  }

  @Test
  void the_journal_is_found_by_each_filter_and_by_all_of_them() {
    books.wallet("wallet:1");
    books.wallet("wallet:2");
    Transaction small = books.recorded(transfer("bank", "wallet:1", 5));
    Transaction large =
        books.recorded(
            TransactionDraft.of(TransactionKind.TRANSACTION, "100% of the Bonus_1", "tests")
                .entries(
                    EntryDraft.debit("bank", Money.of(5000, "EUR")),
                    EntryDraft.credit("wallet:2", Money.of(5000, "EUR")))
                .reference("INV-7")
                .build());
    assertThat(found(all())).containsExactly(large, small);
    assertThat(found(where(large.kind(), null, null, null, null))).containsExactly(large);
    assertThat(found(where(null, "INV-7", null, null, null))).containsExactly(large);
    assertThat(found(where(null, null, "0% OF the bonus_", null, null))).containsExactly(large);
    assertThat(found(where(null, null, "0%of", null, null))).isEmpty();
    assertThat(found(where(null, null, null, 6L, null))).containsExactly(large);
    assertThat(found(where(null, null, null, null, 6L))).containsExactly(small);
    assertThat(found(where(large.kind(), "INV-7", "bonus", 6L, 5000L))).containsExactly(large);
    assertThat(found(where(small.kind(), "INV-7", "bonus", 6L, 5000L))).isEmpty();
  }

  @Test
  void nothing_moves_on_a_frozen_account_and_an_account_with_money_does_not_close() {
    books.wallet("wallet:1");
    books.fund("wallet:1", 10);
    books.changeStatus("wallet:1", AccountStatus.OPEN, AccountStatus.FROZEN);
    assertThat(slug(books.append(transfer("bank", "wallet:1", 1)))).isEqualTo("account-frozen");
    assertThatThrownBy(
            () -> books.changeStatus("wallet:1", AccountStatus.FROZEN, AccountStatus.CLOSED))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("account-not-empty");
    books.changeStatus("wallet:1", AccountStatus.FROZEN, AccountStatus.OPEN);
    assertThat(slug(books.append(transfer("wallet:1", "bank", 10)))).isEqualTo("recorded");
    books.changeStatus("wallet:1", AccountStatus.OPEN, AccountStatus.CLOSED);
    assertThat(slug(books.append(transfer("bank", "wallet:1", 1)))).isEqualTo("account-closed");
  }

  private List<Transaction> found(TransactionFilter filter) {
    return books.reader.page(1, filter, null, 100).items();
  }

  private static TransactionFilter all() {
    return where(null, null, null, null, null);
  }

  private static TransactionFilter where(
      @Nullable TransactionKind kind,
      @Nullable String reference,
      @Nullable String text,
      @Nullable Long min,
      @Nullable Long max) {
    return new TransactionFilter(null, kind, reference, text, null, null, min, max, null, true);
  }

  private static String slug(Appended outcome) {
    return switch (outcome) {
      case Appended.Recorded recorded -> "recorded";
      case Appended.Refused refused -> refused.problem().slug();
    };
  }
}
