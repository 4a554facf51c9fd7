package io.countersign.server.reconciliation.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.countersign.model.reconciliation.Settlement;
import io.countersign.model.reconciliation.SettlementType;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The files are made here after Adyen's description of the report: none of theirs was to be had.
class AdyenReaderTest {

  private static final String REPORT =
      """
      Company Account,Merchant Account,Psp Reference,Merchant Reference,Payment Method,Creation Date,TimeZone,Type,Modification Reference,Gross Currency,Gross Debit (GC),Gross Credit (GC),Exchange Rate,Net Currency,Net Debit (NC),Net Credit (NC),Commission (NC),Markup (NC),Scheme Fees (NC),Interchange (NC),Batch Number
      Co,Shop,PSP1,ORDER-1,visa,2024-01-04 09:00:00,CET,Settled,MOD1,EUR,,100.00,1,EUR,,98.90,,0.50,0.20,0.40,7
      Co,Shop,PSP2,ORDER-2,mc,2024-01-04 09:30:00,CET,Settled,MOD2,EUR,,0.10,1,EUR,0.05,,0.15,,,,7
      Co,Shop,PSP1,ORDER-1,visa,2024-01-05 09:00:00,CET,Refunded,MOD3,EUR,20.00,,1,EUR,20.10,,0.10,,,,7
      Co,Shop,PSP3,ORDER-3,visa,2024-01-05 10:00:00,CET,Settled,MOD4,GBP,,10.00,1.15,EUR,,11.40,0.12,,,,7
      Co,Shop,PSP4,ORDER-4,visa,2024-01-05 11:00:00,CET,Chargeback,MOD5,USD,5.00,,1,USD,20.00,,15.00,,,,7
      Co,Shop,PSP5,ORDER-5,visa,2024-01-05 12:00:00,CET,Settled,MOD6,USD,,50.00,1,USD,,49.00,1.00,,,,7
      Co,Shop,,,,2024-01-05 23:00:00,CET,Fee,Transaction Fees,,,,,EUR,0.25,,,,,,7
      Co,Shop,,,,2024-01-05 23:00:00,CET,MerchantPayout,"TX1XT batch 7, Shop",,,,,EUR,89.90,,,,,,7
      Co,Shop,,,,2024-01-05 23:00:00,CET,MerchantPayout,"TX2XT batch 7, Shop",,,,,USD,29.00,,,,,,7
      """;

  @Test
  void every_currency_is_a_statement_whose_payout_is_the_sum_of_its_lines() {
    var statements = Collected.of(REPORT);

    assertThat(statements)
        .extracting(
            s -> s.head().format(),
            s -> s.head().accountId(),
            s -> s.head().currency().toString(),
            s -> s.head().problems())
        .containsExactly(
            tuple(StatementFormat.ADYEN, "Shop", "EUR", List.of()),
            tuple(StatementFormat.ADYEN, "Shop", "USD", List.of()));
    var euros = statements.getFirst();
    assertThat(euros.lines())
        .extracting(ParsedLine::minorUnits)
        .containsExactly(9890L, -5L, -2010L, 1140L, -25L, -8990L);
    assertThat(euros.lines())
        .extracting(ParsedLine::settlement)
        .containsExactly(
            new Settlement(SettlementType.CHARGE, 10_000, 110, "7"),
            new Settlement(SettlementType.CHARGE, 10, 15, "7"),
            new Settlement(SettlementType.REFUND, -2000, 10, "7"),
            new Settlement(SettlementType.CHARGE, 1152, 12, "7"),
            new Settlement(SettlementType.FEE, 0, 25, "7"),
            new Settlement(SettlementType.PAYOUT, -8990, 0, "7"));
    assertThat(euros.line(1).references()).containsExactly("PSP1", "ORDER-1", "MOD1");
    assertThat(euros.line(1).bookedOn()).isEqualTo("2024-01-04");
    assertThat(euros.line(6).text()).contains("TX1XT batch 7, Shop");
    assertThat(statements.get(1).line(1).settlement())
        .isEqualTo(new Settlement(SettlementType.CHARGEBACK, -500, 1500, "7"));
  }

  @Test
  void columns_may_come_in_any_order_and_under_a_heading() {
    var expected = Collected.of(REPORT);
    List<String> rows = REPORT.lines().map(row -> row.replace(", Shop\"", "; Shop\"")).toList();
    Integer[] order = new Integer[21];
    Arrays.setAll(order, i -> i);
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(Arrays.asList(order), new Random(seed));
      String shuffled =
          rows.stream()
              .map(row -> row.split(",", -1))
              .map(row -> Arrays.stream(order).map(i -> row[i]).collect(Collectors.joining(",")))
              .collect(Collectors.joining("\n"))
              .replace("; Shop\"", ", Shop\"");
      assertThat(Collected.of("Merchant/Company,Start date\nShop,04/01/2024\n" + shuffled))
          .as("seed %d", seed)
          .isEqualTo(expected);
    }
  }

  @Test
  void a_payout_that_is_not_the_sum_and_a_net_that_is_not_gross_less_fees_are_named() {
    assertThat(Collected.of(REPORT.replace("USD,29.00", "USD,29.01")))
        .extracting(Collected.Statement::problemCodes)
        .containsExactly(List.of(), List.of(StatementProblem.PAYOUT_DIFFERS));
    assertThat(Collected.of(REPORT.replace(",,98.90,", ",,98.91,")).getFirst().problemCodes())
        .contains(StatementProblem.NET_DIFFERS, StatementProblem.PAYOUT_DIFFERS);
  }

  @Test
  void a_report_without_payments_is_refused_by_name() {
    assertThatThrownBy(() -> Collected.of(REPORT.replace("Psp Reference", "Num Txs")))
        .hasMessageContaining("settlement details");
  }
}
