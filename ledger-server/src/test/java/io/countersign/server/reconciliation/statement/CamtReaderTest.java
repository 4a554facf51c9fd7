package io.countersign.server.reconciliation.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CamtReaderTest {

  private static String document(String version, String content) {
    return "<?xml version=\"1.0\"?><Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001."
        + version
        + "\"><BkToCstmrStmt><GrpHdr><MsgId>M</MsgId></GrpHdr><Stmt><Id>S1</Id><Acct><Id><IBAN>DE02"
        + " 1203 0000 0000 2020 51</IBAN></Id></Acct>"
        + content
        + "</Stmt></BkToCstmrStmt></Document>";
  }

  private static String balance(String type, String amount) {
    return "<Bal><Tp><CdOrPrtry><Cd>%s</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">%s</Amt><CdtDbtInd>%s</CdtDbtInd><Dt><Dt>2024-01-02</Dt></Dt></Bal>"
        .formatted(type, amount.replace("-", ""), amount.startsWith("-") ? "DBIT" : "CRDT");
  }

  private static String entry(String amount, String direction, String more) {
    return "<Ntry><Amt Ccy=\"EUR\">%s</Amt><CdtDbtInd>%s</CdtDbtInd>%s</Ntry>"
        .formatted(amount, direction, more);
  }

  private static Collected.Statement read(String content) {
    return Collected.only(document("08", content));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13"})
  void every_version_is_read(String version) {
    boolean nested = version.compareTo("08") >= 0;
    String status = nested ? "<Sts><Cd>BOOK</Cd></Sts>" : "<Sts>BOOK</Sts>";
    var statement =
        Collected.only(
            document(
                version,
                balance("OPBD", "1") + balance("CLBD", "3.5") + entry("2.50", "CRDT", status)));
    assertThat(statement.head().problems()).isEmpty();
    assertThat(statement.head().accountId()).isEqualTo("DE02120300000000202051");
    assertThat(statement.line(1).minorUnits()).isEqualTo(250);
  }

  @Test
  void an_envelope_with_an_application_header_is_opened() {
    String inner =
        document("08", balance("OPBD", "1") + balance("CLBD", "1")).replaceFirst("<\\?.*?\\?>", "");
    String text =
        "<Envelope xmlns=\"urn:bank\"><h:AppHdr"
            + " xmlns:h=\"urn:iso:std:iso:20022:tech:xsd:head.001.001.02\"><h:MsgDefIdr>camt.053.001.08</h:MsgDefIdr></h:AppHdr>"
            + inner
            + "</Envelope>";
    assertThat(Collected.of(text)).hasSize(1);
  }

  @Test
  void a_prefix_changes_nothing() {
    String text =
        document("02", balance("OPBD", "1") + balance("CLBD", "1"))
            .replace("xmlns=", "xmlns:n=")
            .replaceAll("<(/?)([A-Z])", "<$1n:$2");
    assertThat(Collected.of(text)).hasSize(1);
  }

  @Test
  void the_direction_alone_says_which_way_the_money_went() {
    var statement =
        read(
            balance("OPBD", "10")
                + balance("CLBD", "7")
                + entry("5", "DBIT", "<RvslInd>true</RvslInd>")
                + entry("2", "CRDT", "<RvslInd>true</RvslInd>"));
    assertThat(statement.head().problems()).isEmpty();
    assertThat(statement.lines()).extracting(ParsedLine::minorUnits).containsExactly(-500L, 200L);
  }

  @Test
  void an_overdrawn_balance_is_negative() {
    var statement =
        read(balance("OPBD", "-10.00") + balance("CLBD", "-12.00") + entry("2", "DBIT", ""));
    assertThat(statement.head().problems()).isEmpty();
    assertThat(statement.head().opening()).extracting("minorUnits").isEqualTo(-1000L);
  }

  @Test
  void pending_entries_are_no_lines() {
    var statement =
        read(
            balance("OPBD", "1")
                + balance("CLBD", "1")
                + entry("5", "CRDT", "<Sts><Cd>PDNG</Cd></Sts>")
                + entry("5", "CRDT", "<Sts>INFO</Sts>"));
    assertThat(statement.lines()).isEmpty();
    assertThat(statement.head().problems()).isEmpty();
  }

  @Test
  void pages_are_bounded_by_interim_balances() {
    var first = read(balance("OPBD", "1") + balance("ITBD", "3") + entry("2", "CRDT", ""));
    var middle = read(balance("ITBD", "3") + balance("ITBD", "5") + entry("2", "CRDT", ""));
    var last = read(balance("ITBD", "5") + balance("CLBD", "7") + entry("2", "CRDT", ""));
    assertThat(first.head().closing()).extracting("minorUnits").isEqualTo(300L);
    assertThat(middle.head().opening()).extracting("minorUnits").isEqualTo(300L);
    assertThat(last.head().opening()).extracting("minorUnits").isEqualTo(500L);
    assertThat(middle.head().problems()).isEmpty();
  }

  @Test
  void a_batch_is_one_line_with_the_references_of_all_its_payments() {
    String details =
        "<NtryDtls><Btch><PmtInfId>PI-1</PmtInfId><NbOfTxs>2</NbOfTxs></Btch><TxDtls><Refs><EndToEndId>E-1</EndToEndId><MndtId>M-1</MndtId></Refs><Amt"
            + " Ccy=\"EUR\">4</Amt><CdtDbtInd>CRDT</CdtDbtInd><RmtInf><Ustrd>one</Ustrd></RmtInf></TxDtls>"
            + "<TxDtls><Refs><EndToEndId>E-2</EndToEndId></Refs><RltdPties><Dbtr><Pty><Nm>Ann</Nm></Pty></Dbtr></RltdPties><RmtInf><Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>"
            + "<TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs></TxDtls></NtryDtls>";
    var statement =
        read(balance("OPBD", "0") + balance("CLBD", "10") + entry("10", "CRDT", details));
    assertThat(statement.line(1).references())
        .containsExactly("PI-1", "E-1", "E-2", "RF18539007547034");
    assertThat(statement.line(1).text()).isEqualTo("one Ann RF18539007547034");
  }

  @Test
  void a_file_without_balances_has_none() {
    var statement =
        read(entry("10", "CRDT", "<BookgDt><DtTm>2024-01-05T23:59:59+02:00</DtTm></BookgDt>"));
    assertThat(statement.head().opening()).isNull();
    assertThat(statement.head().closing()).isNull();
    assertThat(statement.line(1).bookedOn()).isEqualTo("2024-01-05");
  }

  @Test
  void a_foreign_currency_within_a_statement_is_a_problem() {
    var statement = read(balance("OPBD", "1") + entry("1", "CRDT", "").replace("EUR", "USD"));
    assertThat(statement.problemCodes()).containsExactly(StatementProblem.MIXED_CURRENCIES);
  }

  @Test
  void an_amount_finer_than_the_currency_is_a_problem_and_trailing_zeroes_are_not() {
    assertThat(read(entry("1.005", "CRDT", "")).problemCodes())
        .containsExactly(StatementProblem.AMOUNT_TOO_FINE);
    assertThat(read(entry("1.5000", "CRDT", "")).problemCodes()).isEmpty();
  }

  @Test
  void reports_and_notifications_are_refused_by_name() {
    assertThatThrownBy(() -> Collected.of("<Document><BkToCstmrAcctRpt/></Document>"))
        .hasMessageContaining("camt.052");
    assertThatThrownBy(() -> Collected.of("<Document><BkToCstmrDbtCdtNtfctn/></Document>"))
        .hasMessageContaining("camt.054");
    assertThatThrownBy(() -> Collected.of("<html><body/></html>")).hasMessageContaining("camt.053");
  }

  @Test
  void blank_lines_before_the_declaration_are_forgiven_and_counted() {
    assertThat(Collected.of("\n\n" + document("02", balance("OPBD", "1")))).hasSize(1);
    assertThatThrownBy(() -> Collected.of("\n\n<Document>\n<BkToCstmrStmt>"))
        .isInstanceOfSatisfying(UnreadableStatement.class, e -> assertThat(e.line()).isEqualTo(4));
  }

  @Test
  void encodings_are_read_as_declared_or_marked() {
    String text = document("02", entry("1", "CRDT", "<AddtlNtryInf>Grüße</AddtlNtryInf>"));
    byte[] latin =
        text.replace("\"1.0\"", "\"1.0\" encoding=\"ISO-8859-1\"")
            .getBytes(StandardCharsets.ISO_8859_1);
    assertThat(Collected.of(latin).getFirst().line(1).text()).isEqualTo("Grüße");
    byte[] wide = text.getBytes(StandardCharsets.UTF_16);
    assertThat(Collected.of(wide).getFirst().line(1).text()).isEqualTo("Grüße");
    assertThat(Collected.of("\ufeff" + text).getFirst().line(1).text()).isEqualTo("Grüße");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c"
            + " \"&b;&b;&b;&b;&b;&b;\">]>",
        "<!DOCTYPE a [<!ENTITY c SYSTEM \"file:///etc/passwd\">]>",
        "<!DOCTYPE a SYSTEM \"http://127.0.0.1:9/a.dtd\">",
        "<!DOCTYPE a>",
      })
  void document_types_and_entities_are_refused(String doctype) {
    String text =
        document("02", entry("1", "CRDT", "<AddtlNtryInf>&c;</AddtlNtryInf>"))
            .replace("?><", "?>" + doctype + "<");
    assertThatThrownBy(() -> Collected.of(text)).isInstanceOf(UnreadableStatement.class);
    assertThatThrownBy(() -> Collected.of(text.replace("&c;", "")))
        .isInstanceOf(UnreadableStatement.class)
        .hasMessageContaining("DOCTYPE");
  }
}
