package io.countersign.server.reconciliation.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class RealStatementFilesTest {

  @Test
  void two_statements_of_one_camt_file_both_balance() {
    var statements = Collected.of(Collected.sample("camt053-v2-multi-statement.xml"));

    assertThat(statements)
        .extracting(
            s -> s.head().accountId(),
            s -> s.head().currency().toString(),
            s -> s.head().opening(),
            s -> s.head().closing(),
            s -> s.head().lineCount(),
            s -> s.head().problems())
        .containsExactly(
            tuple(
                "NL26VAYB8060476890",
                "EUR",
                new Balance(1815, LocalDate.of(2014, 12, 30)),
                new Balance(2700, LocalDate.of(2014, 12, 31)),
                1,
                List.of()),
            tuple(
                "NL26VAYB8060476890",
                "EUR",
                new Balance(2700, LocalDate.of(2014, 12, 30)),
                new Balance(2000, LocalDate.of(2014, 12, 31)),
                1,
                List.of()));
    ParsedLine out = statements.get(1).line(1);
    assertThat(out.minorUnits()).isEqualTo(-700);
    assertThat(out.references()).containsExactly("000000002");
    assertThat(out.valueDate()).isEqualTo("2015-01-02");
    assertThat(out.bookedOn()).isEqualTo("2014-12-31");
    assertThat(out.text()).isEqualTo("Company Name 2 Transaction Description 2");
  }

  @Test
  void the_entry_amount_is_the_truth_whatever_its_details_say() {
    var statement = Collected.of(Collected.sample("camt053-v4-iso-business-sample.xml")).getFirst();

    assertThat(statement.head().problems()).isEmpty();
    assertThat(statement.head().accountId()).isEqualTo("50000000054910000003");
    assertThat(statement.lines())
        .extracting(ParsedLine::minorUnits)
        .containsExactly(10_567_850L, -20_000_000L, 3_000_000L);
    assertThat(statement.line(1).references())
        .containsExactly("AAAASESS-FP-CN_98765/01", "MUELL/FINP/RA12345");
    assertThat(statement.line(2).references())
        .containsExactly("AAAASESS-FP-ACCR-01", "FINP-0055", "FINP-0055/001");
  }

  @Test
  void rabobank_s_two_statements_balance() {
    var statements = Collected.of(Collected.sample("mt940-rabobank-iban.txt"));

    assertThat(statements)
        .extracting(
            s -> s.head().accountId(),
            s -> s.head().opening(),
            s -> s.head().closing(),
            s -> s.head().problems())
        .containsExactly(
            tuple(
                "NL71RABO0123456789",
                new Balance(100_000, LocalDate.of(2013, 1, 1)),
                new Balance(96_500, LocalDate.of(2013, 1, 8)),
                List.of()),
            tuple(
                "NL71RABO0123456789",
                new Balance(96_500, LocalDate.of(2013, 1, 8)),
                new Balance(93_000, LocalDate.of(2013, 1, 15)),
                List.of()));
    ParsedLine first = statements.getFirst().line(1);
    assertThat(first.minorUnits()).isEqualTo(-2500);
    assertThat(first.references()).containsExactly("01-01-2013 12:00 0030000987654321");
    assertThat(first.text()).contains("CONTRA ACCOUNT HOLDER").contains("NL70ABNA0987654321");
    assertThat(statements.getFirst().line(2).text()).contains("Reference 201301234");
  }

  @Test
  void abn_amro_s_shortened_statements_name_their_differences() {
    var statements = Collected.of(Collected.sample("mt940-abnamro.txt"));

    assertThat(statements)
        .extracting(Collected.Statement::problemCodes)
        .containsOnly(List.of(StatementProblem.DOES_NOT_ADD_UP));
    assertThat(statements).extracting(s -> s.lines().size()).containsExactly(8, 2);
    assertThat(statements.getFirst().head().problems().getFirst().detail())
        .contains("a difference of -2038.00 EUR");
    assertThat(statements.get(1).head().problems().getFirst().detail())
        .contains("a difference of -1002.60 EUR");
  }

  @Test
  void the_thirtieth_of_february_is_no_day_but_keeps_its_text() {
    var statement = Collected.of(Collected.sample("mt940-february-30.sta")).getFirst();

    assertThat(statement.head().problems()).isEmpty();
    assertThat(statement.head().closing())
        .isEqualTo(new Balance(119_400, LocalDate.of(2016, 3, 1)));
    ParsedLine line = statement.line(1);
    assertThat(line.valueDate()).isNull();
    assertThat(line.valueDateText()).isEqualTo("160230");
    assertThat(line.bookedOn()).isEqualTo("2016-03-01");
    assertThat(line.minorUnits()).isEqualTo(-600);
    assertThat(line.references()).isEmpty();
    assertThat(line.text()).isEqualTo("ENTGELTABSCHLUSS Pauschalen");
  }

  @Test
  void a_gzipped_file_reads_like_the_file_itself() throws IOException {
    byte[] plain = Collected.sample("camt053-v2-multi-statement.xml");
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(plain);
    }

    assertThat(Collected.of(packed.toByteArray())).isEqualTo(Collected.of(plain));
  }
}
