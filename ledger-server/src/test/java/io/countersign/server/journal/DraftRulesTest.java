package io.countersign.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.model.CurrencyCode;
import io.countersign.model.Money;
import io.countersign.model.accounts.AccountStatus;
import io.countersign.model.accounts.AccountType;
import io.countersign.model.journal.TransactionKind;
import io.countersign.server.accounts.AccountRow;
import io.countersign.server.api.Problem;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DraftRulesTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);
  private static final Money TEN = Money.of(1000, "EUR");

  private final Map<String, AccountRow> chart =
      Map.of(
          "bank", account("bank", AccountType.ASSET, "EUR", AccountStatus.OPEN),
          "cash", account("cash", AccountType.ASSET, "EUR", AccountStatus.OPEN),
          "wallet", account("wallet", AccountType.LIABILITY, "EUR", AccountStatus.OPEN),
          "dollars", account("dollars", AccountType.LIABILITY, "USD", AccountStatus.OPEN),
          "frozen", account("frozen", AccountType.LIABILITY, "EUR", AccountStatus.FROZEN),
          "closed", account("closed", AccountType.LIABILITY, "EUR", AccountStatus.CLOSED));

  @Test
  void a_balanced_draft_on_open_accounts_is_accepted() {
    assertThat(broken(EntryDraft.debit("bank", TEN), EntryDraft.credit("wallet", TEN))).isNull();
  }

  @Test
  void an_unbalanced_draft_is_refused_with_its_difference_per_currency() {
    Problem problem =
        refusal(EntryDraft.debit("bank", TEN), EntryDraft.credit("wallet", Money.of(999, "EUR")));
    assertThat(problem.slug()).isEqualTo("unbalanced-transaction");
    assertThat(problem.members().get("differences"))
        .isEqualTo(
            List.of(Map.of("minorUnits", BigInteger.ONE, "currency", CurrencyCode.of("EUR"))));
  }

  @Test
  void currencies_do_not_make_up_for_each_other() {
    Problem problem =
        refusal(EntryDraft.debit("bank", TEN), EntryDraft.credit("dollars", Money.of(1000, "USD")));
    assertThat(problem.slug()).isEqualTo("unbalanced-transaction");
    assertThat((List<?>) problem.members().get("differences")).hasSize(2);
  }

  @Test
  void sums_beyond_64_bits_are_added_exactly() {
    Money most = Money.of(Long.MAX_VALUE, "EUR");
    assertThat(
            broken(
                EntryDraft.debit("bank", most),
                EntryDraft.debit("bank", most),
                EntryDraft.credit("wallet", most),
                EntryDraft.credit("wallet", most)))
        .isNull();
    assertThat(
            refusal(
                    EntryDraft.debit("bank", most),
                    EntryDraft.debit("bank", most),
                    EntryDraft.debit("bank", Money.of(2, "EUR")),
                    EntryDraft.credit("wallet", Money.of(1, "EUR")))
                .slug())
        .isEqualTo("unbalanced-transaction");
  }

  @Test
  void zero_and_negative_amounts_are_no_amounts() {
    for (long minorUnits : new long[] {0, -1, Long.MIN_VALUE}) {
      Money amount = Money.of(minorUnits, "EUR");
      assertThat(
              refusal(EntryDraft.debit("bank", amount), EntryDraft.credit("wallet", amount)).slug())
          .isEqualTo("invalid-money");
    }
  }

  @Test
  void accounts_must_exist_be_open_and_be_kept_in_the_currency() {
    assertThat(to("nowhere").slug()).isEqualTo("account-not-found");
    assertThat(to("nowhere").members()).containsEntry("account", "nowhere");
    assertThat(to("frozen").slug()).isEqualTo("account-frozen");
    assertThat(to("closed").slug()).isEqualTo("account-closed");
    assertThat(to("dollars").slug()).isEqualTo("currency-mismatch");
  }

  @Test
  void the_end_of_a_hold_completes_on_a_frozen_account() {
    TransactionDraft draft =
        TransactionDraft.of(TransactionKind.CAPTURE, "capture", "tests")
            .entries(EntryDraft.debit("frozen", TEN), EntryDraft.credit("bank", TEN))
            .endsHold()
            .build();
    assertThat(DraftRules.broken(draft, chart, TODAY)).isNull();
  }

  @Test
  void nothing_is_posted_ahead_of_its_day() {
    assertThat(Objects.requireNonNull(on(TODAY.plusDays(1))).slug()).isEqualTo("invalid-time");
    assertThat(on(TODAY)).isNull();
    assertThat(on(TODAY.minusYears(1))).isNull();
  }

  @Test
  void a_transfer_between_two_assets_would_read_backwards() {
    TransactionDraft.Builder transfer =
        TransactionDraft.of(TransactionKind.TRANSFER, "transfer", "tests")
            .entries(EntryDraft.debit("bank", TEN), EntryDraft.credit("cash", TEN));
    Problem problem = DraftRules.broken(transfer.build(), chart, TODAY);
    assertThat(Objects.requireNonNull(problem).slug()).isEqualTo("ambiguous-transfer");
    assertThat(broken(EntryDraft.debit("bank", TEN), EntryDraft.credit("cash", TEN))).isNull();
  }

  private @Nullable Problem broken(EntryDraft... entries) {
    TransactionDraft draft =
        TransactionDraft.of(TransactionKind.TRANSACTION, "test", "tests").entries(entries).build();
    return DraftRules.broken(draft, chart, TODAY);
  }

  private Problem refusal(EntryDraft... entries) {
    return Objects.requireNonNull(broken(entries));
  }

  private Problem to(String account) {
    return refusal(EntryDraft.debit("bank", TEN), EntryDraft.credit(account, TEN));
  }

  private @Nullable Problem on(LocalDate day) {
    TransactionDraft draft =
        TransactionDraft.of(TransactionKind.TRANSACTION, "test", "tests")
            .entries(EntryDraft.debit("bank", TEN), EntryDraft.credit("wallet", TEN))
            .effectiveOn(day)
            .build();
    return DraftRules.broken(draft, chart, TODAY);
  }

  private static AccountRow account(
      String code, AccountType type, String currency, AccountStatus status) {
    return new AccountRow(
        UUID.randomUUID(), code, code, type, CurrencyCode.of(currency), 0L, status, Map.of());
  }
}
