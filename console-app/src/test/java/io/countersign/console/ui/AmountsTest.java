package io.countersign.console.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.model.CurrencyCode;
import io.countersign.model.Money;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountsTest {

  private static final CurrencyCode EUR = CurrencyCode.of("EUR");

  private final Amounts british = new Amounts(Locale.UK);
  private final Amounts german = new Amounts(Locale.GERMANY);
  private final Amounts french = new Amounts(Locale.FRANCE);

  @Test
  void amounts_are_written_as_the_locale_has_them() {
    Money money = Money.of(123_456, "EUR");

    assertThat(british.text(money)).isEqualTo("1,234.56 EUR");
    assertThat(german.text(money)).isEqualTo("1.234,56 EUR");
    assertThat(british.text(Money.of(1500, "JPY"))).isEqualTo("1,500 JPY");
    assertThat(british.text(Money.of(-5, "KWD"))).isEqualTo("-0.005 KWD");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"1,234.56; 123456", "1234.5; 123450", "12; 1200", "0.01; 1", " 7.00 ; 700"})
  void what_is_typed_in_british_is_read_exactly(String typed, long cents) {
    assertThat(british.read(typed, EUR))
        .isEqualTo(new Amounts.Reading.Understood(new Money(cents, EUR)));
  }

  @Test
  void a_german_point_groups_and_a_comma_divides() {
    assertThat(german.read("1.234,56", EUR))
        .isEqualTo(new Amounts.Reading.Understood(Money.of(123_456, "EUR")));
    assertThat(german.read("1.234", EUR))
        .isEqualTo(new Amounts.Reading.Understood(Money.of(123_400, "EUR")));
    assertThat(french.read("1 234,56", EUR))
        .isEqualTo(new Amounts.Reading.Understood(Money.of(123_456, "EUR")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abc",
        "1.234,56",
        "1,23",
        "12,34.5",
        "-5",
        "+5",
        "0",
        "0.00",
        "1.005",
        "1e3",
        "99999999999999999999",
        ".5",
        "5."
      })
  void what_cannot_be_meant_is_refused_with_a_reason(String typed) {
    assertThat(british.read(typed, EUR))
        .isInstanceOfSatisfying(
            Amounts.Reading.Refused.class, refused -> assertThat(refused.why()).isNotBlank());
  }
}
