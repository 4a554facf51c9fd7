package io.countersign.server.reconciliation.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.countersign.model.reconciliation.Settlement;
import io.countersign.model.reconciliation.SettlementType;
import org.junit.jupiter.api.Test;

class SandboxReaderTest {

  @Test
  void the_sandbox_settles_each_currency_net_of_fees_under_its_payout() {
    var statements =
        Collected.of(
            """
            created_at,type,provider_reference,merchant_key,merchant_reference,gross,fee,net,currency,payout_id\r
            2026-11-20T10:00:00Z,charge,sbx_ch_1,key-1,"Order 1, shoes",100.00,1.65,98.35,EUR,sbx_po_20261120_EUR\r
            2026-11-20T11:00:00Z,refund,sbx_re_1,key-2,,-20.00,0.00,-20.00,EUR,sbx_po_20261120_EUR\r
            2026-11-20T12:00:00Z,charge,sbx_ch_2,key-3,,500,32,468,JPY,sbx_po_20261120_JPY\r
            """);

    assertThat(statements)
        .extracting(
            s -> s.head().format().wireName(), s -> s.head().accountId(), s -> s.head().lineCount())
        .containsExactly(tuple("csv", "SANDBOX-EUR", 2), tuple("csv", "SANDBOX-JPY", 1));
    var euros = statements.getFirst();
    assertThat(euros.head().problems()).isEmpty();
    assertThat(euros.line(1).minorUnits()).isEqualTo(9835);
    assertThat(euros.line(1).references()).containsExactly("sbx_ch_1", "key-1", "Order 1, shoes");
    assertThat(euros.line(1).bookedOn()).isEqualTo("2026-11-20");
    assertThat(euros.line(1).settlement())
        .isEqualTo(new Settlement(SettlementType.CHARGE, 10_000, 165, "sbx_po_20261120_EUR"));
    assertThat(euros.line(2).settlement())
        .isEqualTo(new Settlement(SettlementType.REFUND, -2000, 0, "sbx_po_20261120_EUR"));
  }
}
