package io.countersign.server.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.sandbox.SandboxClient.Reply;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxSettlementTest {

  private static final String DAY = "/sandbox/settlements/2026-11-20";

  @TempDir Path home;
  private SandboxAcquirer acquirer;
  private SandboxClient client;

  @BeforeEach
  void start() {
    on("2026-11-19T23:59:59Z");
    client.charge("yesterday", "tok_ok", 5000, null);
    acquirer.close();
    on("2026-11-20T10:00:00Z");
    client.charge("c1", "tok_ok", 10_000, null);
    client.charge("c2", "tok_ok", 20_000, null);
    client.charge("c3", "tok_declined", 77, null);
    client.charge("c4", "tok_ok", 10, null);
    client.refund("r1", "c1", 2500, "");
  }

  private void on(String instant) {
    Clock clock = Clock.fixed(Instant.parse(instant), ZoneOffset.UTC);
    acquirer = SandboxAcquirer.start(SandboxClient.environment(home), clock);
    client = new SandboxClient(acquirer);
  }

  @AfterEach
  void stop() {
    acquirer.close();
  }

  @Test
  void the_table_shows_gross_fee_and_net_of_what_moved_that_day() {
    List<String> lines = client.get(DAY + "?format=csv").body().lines().toList();
    assertThat(lines.getFirst())
        .isEqualTo(
            "created_at,type,provider_reference,merchant_key,merchant_reference,gross,fee,net,"
                + "currency,payout_id");
    assertThat(lines).hasSize(5);
    assertThat(lines)
        .anyMatch(line -> line.contains(",c1,,100.00,1.65,98.35,EUR,sbx_po_20261120_EUR"));
    assertThat(lines).anyMatch(line -> line.contains(",c4,,0.10,0.10,0.00,EUR,"));
    assertThat(lines)
        .anyMatch(
            line -> line.contains(",refund,") && line.contains(",r1,,-25.00,0.00,-25.00,EUR,"));
  }

  @Test
  void the_statement_is_chained_to_the_day_before_and_adds_up() {
    String xml = client.get(DAY + "?format=camt053").body();
    assertThat(xml).contains("urn:iso:std:iso:20022:tech:xsd:camt.053.001.08");
    assertThat(xml).contains("<Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">50.00</Amt>");
    assertThat(xml).contains("<Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">325.10</Amt>");
    assertThat(xml).contains("<EndToEndId>c1</EndToEndId>").contains("<EndToEndId>r1</EndToEndId>");
    assertThat(client.get("/sandbox/settlements/2026-11-21?format=camt053").body())
        .contains("<Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">325.10</Amt>");
  }

  @Test
  void a_planted_deviation_is_in_the_file_and_named_in_the_answer() {
    String honest = client.get(DAY).body();
    Reply missing = client.get(DAY + "?drift=missing");
    assertThat(missing.body().lines().count()).isEqualTo(honest.lines().count() - 1);
    String named = missing.response().headers().firstValue("Sandbox-Drift").orElseThrow();
    String reference = named.substring("missing=".length());
    assertThat(honest).contains(reference);
    assertThat(missing.body()).doesNotContain(reference);
    assertThat(client.get(DAY + "?drift=duplicate,unknown").body().lines().count())
        .isEqualTo(honest.lines().count() + 2);
    assertThat(client.get(DAY + "?drift=amount").body()).isNotEqualTo(honest);
    assertThat(client.get(DAY + "?drift=fee").body()).isNotEqualTo(honest);
    assertThat(client.get(DAY + "?format=camt053&drift=balance").body())
        .contains("<Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">325.11</Amt>");
  }

  @Test
  void the_same_day_gives_the_same_bytes() {
    assertThat(client.get(DAY + "?drift=missing,amount").body())
        .isEqualTo(client.get(DAY + "?drift=amount,missing").body());
  }

  @Test
  void unknown_days_formats_and_deviations_are_refused() {
    assertThat(client.get("/sandbox/settlements/2026-02-30").status()).isEqualTo(400);
    assertThat(client.get(DAY + "?format=pdf").status()).isEqualTo(400);
    assertThat(client.get(DAY + "?drift=everything").status()).isEqualTo(400);
  }
}
