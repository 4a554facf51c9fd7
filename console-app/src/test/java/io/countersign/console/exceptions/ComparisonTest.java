package io.countersign.console.exceptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.console.exceptions.Comparison.Field;
import io.countersign.console.exceptions.Comparison.Judgement;
import io.countersign.console.testing.DemoBooks;
import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.Days;
import io.countersign.model.CurrencyCode;
import io.countersign.model.Money;
import io.countersign.model.id.LineId;
import io.countersign.model.id.TransactionId;
import io.countersign.model.journal.Direction;
import io.countersign.model.journal.Entry;
import io.countersign.model.journal.Layer;
import io.countersign.model.journal.Transaction;
import io.countersign.model.journal.TransactionKind;
import io.countersign.model.reconciliation.LineState;
import io.countersign.model.reconciliation.StatementLine;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  private static final LocalDate DAY = LocalDate.of(2026, 11, 18);

  private static Comparison compared(List<StatementLine> lines, List<Transaction> transactions) {
    return Comparison.of(
        lines, transactions, new Amounts(Locale.UK), new Days(DemoBooks.CLOCK, Locale.UK));
  }

  private static Field field(Comparison comparison, String name) {
    return comparison.fields().stream()
        .filter(field -> field.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static StatementLine line(
      long amount, String currency, @Nullable LocalDate day, String text, String... references) {
    return new StatementLine(
        new LineId(UUID.randomUUID()),
        day,
        "260230",
        day,
        amount,
        CurrencyCode.of(currency),
        List.of(references),
        text,
        LineState.EXCEPTED,
        null);
  }

  private static Transaction transaction(
      long amount, String currency, LocalDate day, @Nullable String reference) {
    Money money = Money.of(amount, currency);
    return new Transaction(
        new TransactionId(UUID.randomUUID()),
        7,
        TransactionKind.TRANSFER,
        "Payout",
        day,
        DemoBooks.NOW,
        "integrator",
        reference,
        List.of(
            new Entry(1, "bank", Direction.DEBIT, money, Layer.POSTED),
            new Entry(2, "wallet", Direction.CREDIT, money, Layer.POSTED)),
        null,
        null,
        null,
        null,
        null,
        Map.of());
  }

  @Test
  void what_is_the_same_is_so_whatever_the_sign_and_the_banks_way_of_writing_a_reference() {
    Comparison same =
        compared(
            List.of(line(-12_000, "EUR", DAY, "SEPA order 20201")),
            List.of(transaction(12_000, "EUR", DAY, "ORDER-20201")));

    assertThat(field(same, "Amount").judgement()).isEqualTo(Judgement.SAME);
    assertThat(field(same, "Day").judgement()).isEqualTo(Judgement.SAME);
    assertThat(field(same, "Reference").judgement()).isEqualTo(Judgement.SAME);
    assertThat(field(same, "Text").judgement()).isEqualTo(Judgement.NONE);
  }

  @Test
  void what_differs_says_by_how_much() {
    Comparison other =
        compared(
            List.of(line(12_000, "EUR", DAY, "thank you", "E2E-9")),
            List.of(transaction(12_150, "EUR", DAY.minusDays(2), "ORDER-20201")));

    assertThat(field(other, "Amount").words()).isEqualTo("1.50 EUR apart");
    assertThat(field(other, "Day").words()).isEqualTo("2 days apart");
    assertThat(field(other, "Reference").words()).isEqualTo("not on the statement");
    assertThat(other.fields().subList(0, 3))
        .extracting(Field::judgement)
        .containsOnly(Judgement.DIFFERS);
  }

  @Test
  void many_on_one_side_are_summed_up() {
    Comparison sums =
        compared(
            List.of(line(12_000, "EUR", DAY, "payout")),
            List.of(
                transaction(7_000, "EUR", DAY, "ORDER-1"),
                transaction(5_000, "EUR", DAY, "ORDER-2")));
    assertThat(field(sums, "Amount").judgement()).isEqualTo(Judgement.SAME);
    assertThat(field(sums, "Amount").books()).isEqualTo("120.00 EUR");
  }

  @Test
  void another_currency_is_never_the_same_amount() {
    Comparison other =
        compared(
            List.of(line(12_000, "EUR", DAY, "x")), List.of(transaction(12_000, "USD", DAY, null)));
    assertThat(field(other, "Amount").judgement()).isEqualTo(Judgement.DIFFERS);
    assertThat(field(other, "Amount").words()).isEqualTo("other currency");
    assertThat(field(other, "Reference").judgement()).isEqualTo(Judgement.NONE);
  }

  @Test
  void a_day_that_does_not_exist_is_shown_as_the_file_has_it() {
    Comparison odd =
        compared(
            List.of(line(12_000, "EUR", null, "x")),
            List.of(transaction(12_000, "EUR", DAY, null)));
    assertThat(field(odd, "Day").statement()).isEqualTo("260230");
    assertThat(field(odd, "Day").words()).isEqualTo("no such day");
  }

  @Test
  void with_one_side_empty_there_is_nothing_to_compare() {
    assertThat(compared(List.of(line(1, "EUR", DAY, "x")), List.of()).fields()).isEmpty();
  }
}
