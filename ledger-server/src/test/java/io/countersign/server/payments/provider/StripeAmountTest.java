package io.countersign.server.payments.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.model.Money;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StripeAmountTest {

  @ParameterizedTest
  @CsvSource({
    "1250, EUR, 1250",
    "1250, JPY, 1250",
    "1230, KWD, 1230",
    "1250, ISK, 125000",
    "1250, UGX, 125000",
    "1200, MGA, 12"
  })
  void stripe_counts_three_currencies_otherwise_than_iso(long minor, String currency, long theirs) {
    Money money = Money.of(minor, currency);
    assertThat(StripeAmount.of(money)).isEqualTo(OptionalLong.of(theirs));
    assertThat(StripeAmount.money(theirs, StripeAmount.currency(money))).contains(money);
    assertThat(StripeAmount.isSame(money, theirs, currency)).isTrue();
    assertThat(StripeAmount.isSame(money, theirs + 1, currency)).isFalse();
  }

  @Test
  void what_the_other_side_cannot_say_is_no_amount() {
    assertThat(StripeAmount.of(Money.of(1250, "MGA"))).isEmpty();
    assertThat(StripeAmount.of(Money.of(Long.MAX_VALUE / 10, "ISK"))).isEmpty();
    assertThat(StripeAmount.money(125001L, "isk")).isEmpty();
    assertThat(StripeAmount.money(Long.MAX_VALUE, "mga")).isEmpty();
    assertThat(StripeAmount.money(1L, "xxx")).isEqualTo(Optional.empty());
    assertThat(StripeAmount.money(null, "eur")).isEmpty();
  }
}
