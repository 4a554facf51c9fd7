package io.countersign.server.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.ServerTest;
import io.countersign.server.testing.TestApi.Reply;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;

@ServerTest
class SettlementFilesTest {

  private static final String TABLE =
      """
      id,amount,fee,net,currency,type,source,payout_id
      txn_1,10000,175,9825,eur,charge,ch_1,%s
      txn_2,-2000,0,-2000,eur,refund,re_1,%s
      """;

  private final int port;

  SettlementFilesTest(@Value("${local.server.port}") int port) {
    this.port = port;
  }

  @ParameterizedTest
  @CsvSource({
    "bai2-td-sample1.txt, CAD, bai2, 2, 11",
    "stripe-balance_transaction_data.csv, USD, stripe, 1, 9",
    "stripe-payout_data.csv, USD, stripe, 1, 15"
  })
  void a_real_file_is_accepted_and_the_same_again_adds_nothing(
      String name, String currency, String format, int statements, int lines) throws IOException {
    Desk desk = Desk.at(port, currency);
    Reply first = desk.upload(StatementsTest.sample(name));
    Reply second = desk.upload(StatementsTest.sample(name));

    assertThat(first.status()).as(first.toString()).isEqualTo(201);
    assertThat(first.json().path("statements")).hasSize(statements);
    assertThat(first.json().path("statements").findValuesAsString("state"))
        .containsOnly("accepted");
    assertThat(first.text("statements.0.format")).isEqualTo(format);
    assertThat(first.json().at("/statements/0/openingBalance").isNull()).isTrue();
    assertThat(desk.lines(first.text("statements.0.id"))).hasSize(lines);
    assertThat(second.json().path("statements").findValuesAsString("state"))
        .containsOnly("duplicate");
  }

  @Test
  void a_settlement_line_shows_gross_fee_and_payout_and_a_bank_s_line_does_not()
      throws IOException {
    Desk desk = Desk.at(port, "USD");
    Reply stripe = desk.upload(StatementsTest.sample("stripe-balance_transaction_data.csv"));
    JsonNode charge = desk.lines(stripe.text("statements.0.id")).get(1);

    assertThat(charge.path("amount").asLong()).isEqualTo(1_980_810);
    assertThat(charge.at("/settlement/type").asString()).isEqualTo("charge");
    assertThat(charge.at("/settlement/gross").asLong()).isEqualTo(2_040_000);
    assertThat(charge.at("/settlement/fee").asLong()).isEqualTo(59_190);
    assertThat(charge.at("/settlement/payout").asString()).startsWith("po_");
    Desk bank = Desk.at(port);
    Reply mt940 = bank.upload(StatementsTest.sample("mt940-rabobank-iban.txt"));
    assertThat(bank.lines(mt940.text("statements.0.id")).getFirst().has("settlement")).isFalse();
  }

  @Test
  void a_later_export_names_the_payout_of_lines_that_are_known() {
    Desk desk = Desk.at(port);
    Reply first = desk.upload(TABLE.formatted("", ""));
    Reply second = desk.upload(TABLE.formatted("po_1", "po_1"));
    Reply third = desk.upload(TABLE.formatted("po_1", "po_1") + "txn_3,5,0,5,eur,charge,ch_3,\n");

    assertThat(first.text("statements.0.state")).isEqualTo("accepted");
    assertThat(second.text("statements.0.state")).isEqualTo("duplicate");
    assertThat(third.text("statements.0.state")).isEqualTo("accepted");
    assertThat(desk.lines(first.text("statements.0.id")))
        .extracting(line -> line.at("/settlement/payout").asString())
        .containsExactly("po_1", "po_1");
    assertThat(desk.run().path("lines").asInt()).isEqualTo(3);
  }

  @Test
  void what_does_not_add_up_is_quarantined_whole_with_its_difference() {
    Desk desk = Desk.at(port);
    Reply wrongNet = desk.upload(TABLE.formatted("", "").replace("9825", "9826"));
    Reply wrongPayout =
        desk.upload(TABLE.formatted("po_1", "po_1") + "txn_9,-7800,0,-7800,eur,payout,po_1,po_1\n");

    assertThat(wrongNet.text("statements.0.state")).isEqualTo("quarantined");
    assertThat(wrongNet.text("statements.0.problems.0.code")).isEqualTo("net-differs");
    assertThat(wrongNet.text("statements.0.problems.0.detail")).contains("0.01 EUR");
    assertThat(wrongPayout.text("statements.0.state")).isEqualTo("quarantined");
    assertThat(wrongPayout.text("statements.0.problems.0.code")).isEqualTo("payout-differs");
    assertThat(wrongPayout.text("statements.0.problems.0.detail")).contains("-0.25 EUR");
    assertThat(desk.run().path("lines").asInt()).isZero();
  }

  @Test
  void a_currency_that_the_source_has_no_account_for_is_quarantined_alone() {
    Desk desk = Desk.at(port);
    Reply both = desk.upload(TABLE.formatted("", "") + "txn_3,5,0,5,usd,charge,ch_3,\n");
    assertThat(both.json().path("statements").findValuesAsString("state"))
        .isEqualTo(List.of("accepted", "quarantined"));
    assertThat(both.text("statements.1.problems.0.code")).isEqualTo("foreign-account");
  }
}
