package io.countersign.server.reconciliation.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.countersign.model.reconciliation.Settlement;
import io.countersign.model.reconciliation.SettlementType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StripeReaderTest {

  private static final String REPORT =
      """
      automatic_payout_id,automatic_payout_effective_at,balance_transaction_id,created_utc,available_on_utc,currency,gross,fee,net,reporting_category,source_id,description,payment_intent_id,payment_metadata[countersign_key]
      po_1,2024-01-08 00:00:00,txn_1,2024-01-04 09:10:11,2024-01-08 00:00:00,eur,100.00,1.75,98.25,charge,ch_1,"Order 1, two shoes",pi_1,key-1
      po_1,2024-01-08 00:00:00,txn_2,2024-01-05 09:10:11,2024-01-08 00:00:00,eur,-20.00,0.00,-20.00,refund,re_1,,pi_1,
      po_1,2024-01-08 00:00:00,txn_3,2024-01-05 10:00:00,2024-01-08 00:00:00,eur,-0.50,0.00,-0.50,fee,,Radar,,
      po_2,2024-01-08 00:00:00,txn_4,2024-01-05 11:00:00,2024-01-08 00:00:00,jpy,5000,180,4820,charge,ch_4,,pi_4,key-4
      """;

  @Test
  void the_real_balance_transactions_are_in_minor_units_and_net_of_fees() {
    var statement =
        Collected.of(Collected.sample("stripe-balance_transaction_data.csv")).getFirst();

    assertThat(statement.head().format()).isEqualTo(StatementFormat.STRIPE);
    assertThat(statement.head().currency().toString()).isEqualTo("USD");
    assertThat(statement.head().opening()).isNull();
    assertThat(statement.head().closing()).isNull();
    assertThat(statement.head().problems()).isEmpty();
    assertThat(statement.head().coveredThrough()).isEqualTo("2021-03-15");
    assertThat(statement.lines())
        .extracting(ParsedLine::minorUnits)
        .containsExactly(
            -18759L,
            1_980_810L,
            114_086L,
            7_029_403L,
            247_925L,
            425_996L,
            18_759L,
            3_382_652L,
            7_282_469L);
    assertThat(statement.line(2).settlement())
        .isEqualTo(
            new Settlement(
                SettlementType.CHARGE, 2_040_000, 59_190, "po_0IFUKBig6peNXzgDZQM7WPAo"));
    assertThat(statement.line(2).references())
        .containsExactly("ch_0IDYghig6peNXzgDhuOFKdTS", "xyz_0IDYgiig6peNXzgDuNvLeoLR");
    assertThat(statement.line(1).settlement())
        .isEqualTo(
            new Settlement(SettlementType.PAYOUT, -18_759, 0, "po_0IV4rIig6peNXzgD51VFKdaB"));
    assertThat(statement.line(2).bookedOn()).isEqualTo("2021-01-25");
    assertThat(statement.line(2).valueDate()).isEqualTo("2021-02-01");
  }

  @Test
  void the_real_payouts_leave_the_balance_and_one_below_zero_comes_in() {
    var statement = Collected.of(Collected.sample("stripe-payout_data.csv")).getFirst();

    assertThat(statement.lines()).hasSize(15);
    assertThat(statement.line(1).minorUnits()).isEqualTo(-3_029_432);
    assertThat(statement.line(6).minorUnits()).isEqualTo(833_651);
    assertThat(statement.lines())
        .allSatisfy(
            line ->
                assertThat(line.settlement())
                    .isNotNull()
                    .satisfies(s -> assertThat(s.type()).isEqualTo(SettlementType.PAYOUT)));
    assertThat(statement.line(1).key()).isEqualTo("txn_0IB8cXig6peNXzgDppfO2tfk");
  }

  @Test
  void a_payout_that_failed_comes_back() {
    String text =
        """
        id,amount,arrival_date,balance_transaction_id,created,currency,failure_balance_transaction_id,status
        po_1,500,2024-01-08,txn_1,2024-01-05,eur,txn_2,failed
        """;
    assertThat(Collected.only(text).lines())
        .extracting(ParsedLine::minorUnits, ParsedLine::key)
        .containsExactly(tuple(-500L, "txn_1"), tuple(500L, "txn_2"));
  }

  @Test
  void an_itemised_report_is_in_major_units_with_a_statement_for_each_currency() {
    var statements = Collected.of(REPORT);

    assertThat(statements)
        .extracting(s -> s.head().currency().toString(), s -> s.head().problems())
        .containsExactly(tuple("EUR", List.of()), tuple("JPY", List.of()));
    var euros = statements.getFirst();
    assertThat(euros.lines())
        .extracting(ParsedLine::minorUnits)
        .containsExactly(9825L, -2000L, -50L);
    assertThat(euros.line(1).settlement())
        .isEqualTo(new Settlement(SettlementType.CHARGE, 10_000, 175, "po_1"));
    assertThat(euros.line(1).references()).containsExactly("ch_1", "pi_1", "key-1", "txn_1");
    assertThat(euros.line(1).text()).isEqualTo("charge Order 1, two shoes");
    assertThat(euros.line(3).settlement())
        .isEqualTo(new Settlement(SettlementType.FEE, -50, 0, "po_1"));
    assertThat(statements.get(1).line(1).minorUnits()).isEqualTo(4820);
  }

  @Test
  void the_payout_in_the_file_must_be_what_its_lines_make() {
    String payout =
        "po_1,2024-01-08 00:00:00,txn_9,2024-01-08 00:00:00,2024-01-08"
            + " 00:00:00,eur,-%s,0.00,-%s,payout,po_1,,,\n";

    assertThat(Collected.of(REPORT + payout.formatted("77.75", "77.75")).getFirst().problemCodes())
        .isEmpty();
    var differs = Collected.of(REPORT + payout.formatted("77.85", "77.85")).getFirst();
    assertThat(differs.problemCodes()).containsExactly(StatementProblem.PAYOUT_DIFFERS);
    assertThat(differs.head().problems().getFirst().detail())
        .contains("po_1")
        .contains("77.75 EUR")
        .contains("77.85 EUR")
        .contains("a difference of 0.10 EUR");
  }

  @Test
  void a_line_whose_net_is_not_gross_less_fee_is_named() {
    var statement = Collected.of(REPORT.replace("98.25", "98.26")).getFirst();
    assertThat(statement.problemCodes()).containsExactly(StatementProblem.NET_DIFFERS);
    assertThat(statement.head().problems().getFirst().detail())
        .contains("line 2 of the file")
        .contains("a difference of 0.01 EUR");
  }

  @ParameterizedTest
  @CsvSource({
    // What Stripe's whole numbers mean is not always ISO's minor unit.
    "usd, 1250, 1250",
    "jpy, 1250, 1250",
    "kwd, 1250, 1250",
    "isk, 125000, 1250",
    "ugx, 125000, 1250",
    "mga, 1250, 125000"
  })
  void minor_units_are_those_of_stripe(String currency, String amount, long minorUnits) {
    String text =
        "id,amount,fee,net,currency,type,created\ntxn_1,%s,0,%s,%s,charge,1704362400\n"
            .formatted(amount, amount, currency);
    var line = Collected.only(text).line(1);
    assertThat(line.minorUnits()).isEqualTo(minorUnits);
    assertThat(line.bookedOn()).isEqualTo("2024-01-04");
  }

  @Test
  void the_dashboard_and_pointed_tables_are_in_major_units() {
    String dashboard =
        """
        id,Type,Source,Amount,Fee,Net,Currency,Created (UTC),Available On (UTC),Description,Transfer
        txn_1,charge,ch_1,20,0.88,19.12,usd,2024-01-04 10:00,2024-01-08 00:00,,po_1
        """;
    var line = Collected.only(dashboard).line(1);
    assertThat(line.minorUnits()).isEqualTo(1912);
    assertThat(line.settlement())
        .isEqualTo(new Settlement(SettlementType.CHARGE, 2000, 88, "po_1"));
    assertThat(line.bookedOn()).isEqualTo("2024-01-04");

    String pointed = "net;fee;amount;currency;type;id\n19,12;0,88;20,00;eur;charge;txn_1\n";
    assertThat(Collected.only(pointed).line(1).minorUnits()).isEqualTo(1912);
  }

  @Test
  void a_table_that_mixes_units_is_refused_where_it_does() {
    StringBuilder text = new StringBuilder("id,amount,fee,net,currency,type\n");
    for (int i = 0; i < 1000; i++) {
      text.append("txn_").append(i).append(",100,0,100,eur,charge\n");
    }
    text.append("txn_x,1.00,0,1.00,eur,charge\n");
    assertThatThrownBy(() -> Collected.of(text.toString()))
        .isInstanceOfSatisfying(
            UnreadableStatement.class,
            refused -> {
              assertThat(refused.line()).isEqualTo(1002);
              assertThat(refused.column()).isEqualTo(7);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "txn_1,abc,0,100,eur,charge",
        "txn_1,100,0,,eur,charge",
        "txn_1,,0,100,eur,charge",
        "txn_1,100,0,100,xxq,charge",
        "txn_1,100,0,100,eur",
        "txn_1,100,0,100,eur,charge,more",
        "txn_1,100,0,100,eur,\"charge",
        "txn_1,100,0,100,eur,\"charge\"x",
        "txn_1,99999999999999999999,0,99999999999999999999,eur,charge",
        "txn_1,1e5,0,1e5,eur,charge"
      })
  void what_could_be_a_wrong_number_is_refused_with_its_place(String row) {
    assertThatThrownBy(() -> Collected.of("id,amount,fee,net,currency,type\n" + row + "\n"))
        .isInstanceOfSatisfying(
            UnreadableStatement.class, refused -> assertThat(refused.line()).isEqualTo(2));
  }

  @Test
  void a_column_that_is_there_twice_is_refused_and_not_guessed() {
    String twice =
        """
        id,amount,amount,fee,net,currency,type
        txn_1,100,200,0,100,eur,charge
        """;
    assertThatThrownBy(() -> Collected.of(twice)).isInstanceOf(UnreadableStatement.class);
  }

  @Test
  void a_field_of_ten_million_characters_is_refused_with_its_line() {
    String row = "txn_1,100,0,100,eur,\"" + "x".repeat(10_000_000);
    String text = "id,amount,fee,net,currency,type\n" + row;
    assertThatThrownBy(() -> Collected.of(text))
        .isInstanceOfSatisfying(
            UnreadableStatement.class, refused -> assertThat(refused.line()).isEqualTo(2));
  }

  @Test
  void a_summary_is_refused_by_name() {
    String summary =
        """
        reporting_category,currency,count,gross,fee,net
        charge,eur,3,1.00,0.10,0.90
        """;
    assertThatThrownBy(() -> Collected.of(summary)).hasMessageContaining("itemised");
  }
}
