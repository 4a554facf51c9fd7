package io.countersign.server.journal;

import static io.countersign.server.journal.JournalFixture.transfer;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.model.accounts.AccountStatus;
import io.countersign.server.accounts.AccountRow;
import io.countersign.server.testing.TestPostgres;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KnownChartTest {

  private final JournalFixture books = new JournalFixture(TestPostgres.fresh());

  @BeforeEach
  void openWallet() {
    books.wallet("wallet:1");
    books.fund("wallet:1", 100);
  }

  @AfterEach
  void close() {
    books.database.close();
  }

  @Test
  void an_account_is_used_as_it_was_read_once_a_watermark_was_closed_since() {
    Watermark watermark = watermarkThatAppendsKnow();
    books.wallet("wallet:2");
    // Another status than the account has shows that it is not read again.
    rememberAsFrozen(standing(watermark), "wallet:2");
    assertThat(problem("wallet:2")).isNull();
    books.watermarks.take(1);
    assertThat(problem("wallet:2")).isEqualTo("account-frozen");
  }

  @Test
  void what_was_read_under_another_mark_is_read_again() {
    watermarkThatAppendsKnow();
    books.wallet("wallet:2");
    rememberAsFrozen(standing(null), "wallet:2");
    assertThat(problem("wallet:2")).isEqualTo("account-frozen");
    books.changeStatus("wallet:1", AccountStatus.OPEN, AccountStatus.FROZEN);
    assertThat(problem("wallet:2")).isNull();
  }

  @Test
  void a_freeze_by_another_server_is_seen() {
    JournalFixture other = JournalFixture.over(books.database);
    for (int round = 0; round < 10; round++) {
      assertThat(problem("wallet:1")).isNull();
      books.watermarks.take(1);
      assertThat(problem("wallet:1")).isNull();
      other.changeStatus("wallet:1", AccountStatus.OPEN, AccountStatus.FROZEN);
      assertThat(problem("wallet:1")).isEqualTo("account-frozen");
      other.changeStatus("wallet:1", AccountStatus.FROZEN, AccountStatus.OPEN);
    }
  }

  @Test
  void a_status_that_was_changed_by_sql_is_seen() {
    assertThat(problem("wallet:1")).isNull();
    books.watermarks.take(1);
    assertThat(problem("wallet:1")).isNull();
    books
        .database
        .jdbcAsOwner()
        .sql("UPDATE accounts.account SET status = 'frozen' WHERE code = 'wallet:1'")
        .update();
    assertThat(problem("wallet:1")).isEqualTo("account-frozen");
  }

  @Test
  void accounts_of_other_books_are_forgotten() {
    Watermark here = watermarkThatAppendsKnow();
    rememberAsFrozen(standing(null), "wallet:gone");
    assertThat(problem("wallet:gone")).isEqualTo("account-frozen");
    // As after a backup was restored: the watermark that is remembered was never taken here.
    books.finalSums.remember(
        1, new Watermark(here.sequence() + 1, here.closedAt().plusMillis(1)), Map.of());
    assertThat(problem("wallet:gone")).isEqualTo("account-not-found");
  }

  private Watermark watermarkThatAppendsKnow() {
    Watermark watermark = books.watermarks.take(1);
    books.fund("wallet:1", 1);
    return watermark;
  }

  private @Nullable String problem(String wallet) {
    return switch (books.append(transfer("bank", wallet, 1))) {
      case Appended.Recorded _ -> null;
      case Appended.Refused refused -> refused.problem().slug();
    };
  }

  private void rememberAsFrozen(JournalStore.Standing standing, String code) {
    AccountRow like = books.accounts.get(1, "wallet:1");
    AccountRow frozen =
        new AccountRow(
            UUID.randomUUID(),
            code,
            code,
            like.type(),
            like.currency(),
            like.minimumBalance(),
            AccountStatus.FROZEN,
            Map.of());
    books.knownChart.remember(1, standing, Map.of(code, frozen));
  }

  private static JournalStore.Standing standing(@Nullable Watermark newest) {
    return new JournalStore.Standing(newest, true, new UUID(0, 0), ClosedPeriods.NONE);
  }
}
