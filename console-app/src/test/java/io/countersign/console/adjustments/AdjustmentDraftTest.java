package io.countersign.console.adjustments;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.console.ui.Amounts;
import io.countersign.model.Money;
import io.countersign.model.journal.Direction;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class AdjustmentDraftTest {

  private final AdjustmentDraft draft = new AdjustmentDraft(new Amounts(Locale.UK));

  @Test
  void it_says_at_every_moment_which_side_lacks_what() {
    assertThat(draft.balance()).isEqualTo("Nothing to balance yet");

    write(0, "a", "100");
    assertThat(draft.balance()).isEqualTo("Credit lacks 100.00 EUR");

    write(1, "b", "150.50");
    assertThat(draft.balance()).isEqualTo("Debit lacks 50.50 EUR");

    write(1, "b", "100");
    assertThat(draft.balance()).isEqualTo("Balanced: 100.00 EUR");
  }

  @Test
  void a_new_line_fills_in_what_is_missing() {
    write(0, "a", "100");
    write(1, "b", "60");

    draft.addLine();

    assertThat(draft.lines().getLast().directionProperty().get()).isEqualTo(Direction.CREDIT);
    assertThat(draft.lines().getLast().amountProperty().get()).isEqualTo("40.00");
    assertThat(draft.isBalanced()).isTrue();
  }

  @Test
  void it_can_be_proposed_only_when_nothing_is_missing() {
    draft.descriptionProperty().set("Fee");
    assertThat(draft.verdict().whyNot()).isEqualTo("Say why it is needed.");
    draft.reasonProperty().set("Wrong merchant");
    assertThat(draft.verdict().whyNot()).isEqualTo("Line 1 has no account.");
    write(0, "a", "1.005");
    assertThat(draft.verdict().whyNot()).startsWith("Line 1: EUR has 2 digits");
    write(0, "a", "1");
    write(1, "b", "2");
    assertThat(draft.verdict().whyNot()).isEqualTo("Debit lacks 1.00 EUR.");
    write(1, "b", "1");

    assertThat(draft.verdict().may()).isTrue();
    assertThat(draft.request().entries())
        .extracting(entry -> entry.amount())
        .containsExactly(Money.of(100, "EUR"), Money.of(100, "EUR"));
  }

  @Test
  void currencies_balance_each_for_itself() {
    write(0, "a", "10");
    write(1, "b", "10");
    draft.lines().get(1).currencyProperty().set("USD");

    assertThat(draft.balance()).isEqualTo("Credit lacks 10.00 EUR, Debit lacks 10.00 USD");
  }

  private void write(int line, String account, String amount) {
    draft.lines().get(line).accountProperty().set(account);
    draft.lines().get(line).amountProperty().set(amount);
  }
}
