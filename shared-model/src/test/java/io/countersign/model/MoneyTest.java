package io.countersign.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class MoneyTest {

  private final JsonMapper json = JsonMapper.shared();

  @Test
  void amounts_of_one_currency_add_up_and_never_overflow_in_silence() {
    assertThat(Money.of(1250, "EUR").plus(Money.of(-50, "EUR"))).isEqualTo(Money.of(1200, "EUR"));
    assertThatThrownBy(() -> Money.of(Long.MAX_VALUE, "EUR").plus(Money.of(1, "EUR")))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Money.of(Long.MIN_VALUE, "EUR").negated())
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void currencies_do_not_mix() {
    assertThatThrownBy(() -> Money.of(1, "EUR").minus(Money.of(1, "USD")))
        .isInstanceOf(CurrencyMismatch.class);
  }

  @Test
  void the_major_unit_has_as_many_digits_as_iso_4217_says() {
    assertThat(Money.of(1250, "EUR")).hasToString("12.50 EUR");
    assertThat(Money.of(1250, "JPY")).hasToString("1250 JPY");
    assertThat(Money.of(-1250, "KWD")).hasToString("-1.250 KWD");
  }

  @Test
  void it_crosses_the_wire_and_comes_back() {
    Money most = Money.of(Long.MAX_VALUE, "EUR");
    assertThat(json.readValue(json.writeValueAsString(most), Money.class)).isEqualTo(most);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"minorUnits\": \"5\", \"currency\": \"EUR\"}",
        "{\"minorUnits\": 5.0, \"currency\": \"EUR\"}",
        "{\"minorUnits\": 5e2, \"currency\": \"EUR\"}",
        "{\"minorUnits\": 5, \"currency\": 978}",
        "{\"minorUnits\": 5}",
        "{\"minorUnits\": 5, \"currency\": \"EUR\", \"scale\": 2}",
        "5",
        "[5, \"EUR\"]"
      })
  void nothing_looser_is_read_as_an_amount(String text) {
    assertThatThrownBy(() -> json.readValue(text, Money.class))
        .isInstanceOf(JacksonException.class)
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"minorUnits\": 9223372036854775808, \"currency\": \"EUR\"}",
        "{\"minorUnits\": 5, \"currency\": \"XAU\"}",
        "{\"minorUnits\": 5, \"currency\": \"eur\"}"
      })
  void an_amount_that_cannot_be_meant_is_told_apart_from_a_malformed_one(String text) {
    assertThatThrownBy(() -> json.readValue(text, Money.class)).isInstanceOf(InvalidMoney.class);
  }
}
