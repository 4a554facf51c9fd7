package io.countersign.server.reconciliation.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Mt940ReaderTest {

  private static String statement(String opening, String lines, String closing) {
    return ":20:START\n:25:DE02120300000000202051\n:28C:1/1\n:60F:%s\n%s\n:62F:%s\n-\n"
        .formatted(opening, lines, closing);
  }

  private static ParsedLine line(String field61, String field86) {
    String text = statement("C240101EUR0,", ":61:" + field61 + "\n:86:" + field86, "C240101EUR0,");
    return Collected.only(text).line(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "C12,50NMSCNONREF    |  1250 | a credit is money in",
        "D12,50NMSCNONREF    | -1250 | a debit is money out",
        "RC12,50NMSCNONREF   | -1250 | a reversed credit is money out",
        "RD12,50NMSCNONREF   |  1250 | a reversed debit is money in",
        "CR12,50NMSCNONREF   |  1250 | a funds code behind C turns nothing",
        "DR12,50NMSCNONREF   | -1250 | a funds code behind D turns nothing",
        "RCR12,50NMSCNONREF  | -1250 | a funds code behind RC turns nothing",
        "RDR12,50NMSCNONREF  |  1250 | a funds code behind RD turns nothing",
        "C12,NMSCNONREF      |  1200 | nothing behind the comma",
        "C,5NMSCNONREF       |    50 | nothing before the comma",
        "C000000001234,5N1NON| 123450 | zeroes in front",
        "C1.234,50NMSCNONREF | 123450 | dots between thousands",
        "C1234.50NMSCNONREF  | 123450 | a dot as the decimal sign",
      })
  void marks_and_amounts(String rest, long minorUnits, String why) {
    assertThat(line("2401020102" + rest, "x").minorUnits()).as(why).isEqualTo(minorUnits);
  }

  @Test
  void yen_have_no_decimals() {
    String text = statement("C240101JPY1000,", ":61:240102C500,NMSCABC", "C240102JPY1500,");
    var statement = Collected.only(text);
    assertThat(statement.head().problems()).isEmpty();
    assertThat(statement.line(1).minorUnits()).isEqualTo(500);
  }

  @Test
  void half_a_yen_is_a_problem_and_no_rounding() {
    String text = statement("C240101JPY1000,", ":61:240102C500,50NMSCABC", "C240102JPY1500,50");
    var statement = Collected.only(text);
    assertThat(statement.problemCodes()).containsOnly(StatementProblem.AMOUNT_TOO_FINE);
    assertThat(statement.head().problems().getFirst().detail()).contains("500.50 JPY");
  }

  @ParameterizedTest
  @CsvSource({
    "2312290102, 2024-01-02, over the new year",
    "2401021229, 2023-12-29, back over the new year",
    "2402290301, 2024-03-01, in a leap year",
    "2302300301, 2023-03-01, behind a day that does not exist",
    "240102, 2024-01-02, absent: the value date",
  })
  void the_entry_date_takes_the_year_nearest_to_the_value_date(
      String dates, String booked, String why) {
    assertThat(line(dates + "C1,NMSCNONREF", "x").bookedOn()).as(why).isEqualTo(booked);
  }

  @Test
  void german_information_gives_its_references_and_a_readable_text() {
    ParsedLine line =
        line(
            "2401020102C1,NMSCNONREF//BANK-77",
            "166?00GUTSCHRIFT?109310?20EREF+RE-2024-00017?21KREF+K77 MREF+M-1?22SVWZ+Rechnung 17,"
                + " zwei\n"
                + "te Rate?30DEUTDEFF?31DE02120300000000202051?32ANNA BEISPIEL?33 GMBH?34997");
    assertThat(line.references()).containsExactly("BANK-77", "RE-2024-00017", "K77");
    assertThat(line.text())
        .startsWith("GUTSCHRIFT ")
        .contains("Rechnung 17, zweite Rate")
        .endsWith("ANNA BEISPIEL GMBH");
  }

  @Test
  void dutch_information_gives_its_references_and_a_readable_text() {
    ParsedLine line =
        line(
            "2401020102D1,N102EREF",
            "/EREF/20240102-99//MARF/M1//CNTP/NL12INGB0001234567/INGBNL2A/J."
                + " Jansen///REMI/USTD//faktu\n"
                + "ur 12/");
    assertThat(line.references()).containsExactly("20240102-99");
    assertThat(line.text()).contains("J. Jansen").contains("faktuur 12");
  }

  @Test
  void free_text_cut_at_the_width_of_a_line_is_joined_again() {
    String full = "A".repeat(60) + "INV-1";
    ParsedLine line = line("2401020102D1,NMSCCUST-1", full + "2345\nnext line");
    assertThat(line.references()).containsExactly("CUST-1");
    assertThat(line.text()).contains("INV-12345").doesNotContain("\n");
  }

  @Test
  void fin_blocks_and_several_messages_are_read() {
    String message =
        "{1:F01BANKDEFFXXXX0000000000}{2:O9400000240101BANKDEFFXXXX00000000002401010000N}{4:\r\n"
            + statement("C240101EUR1,", ":61:240102C1,NMSCA\r\n:86:x", "C240102EUR2,")
                .replace("-\n", "")
            + "-}{5:{CHK:ABCDEF123456}}\r\n";
    assertThat(Collected.of(message + "$" + message)).hasSize(2);
    assertThat(Collected.of("\u0001" + message).getFirst().head().problems()).isEmpty();
  }

  @Test
  void several_accounts_under_one_reference_are_several_statements() {
    String text =
        """
        :20:ONE
        :25:111
        :28C:1
        :60F:C240101EUR1,
        :62F:C240101EUR1,
        :25:222
        :28C:1
        :60F:C240101USD5,
        :61:240101C1,NMSCX
        :62F:C240101USD6,
        """;
    assertThat(Collected.of(text))
        .extracting(s -> s.head().accountId())
        .containsExactly("111", "222");
  }

  @Test
  void the_currency_behind_an_iban_is_no_part_of_the_account() {
    String text =
        ":20:P\n:25:NL69INGB0123456789EUR\n:28C:0\n:60F:C240101EUR1,\n:62F:C240101EUR1,\n-";
    assertThat(Collected.only(text).head().accountId()).isEqualTo("NL69INGB0123456789");
  }

  @Test
  void information_behind_the_closing_balance_belongs_to_no_line() {
    String text =
        statement(
            "C240101EUR1,",
            ":61:240102C1,NMSCA\n:86:mine",
            "C240102EUR2,\n:64:C240102EUR2,\n:86:all");
    assertThat(Collected.only(text).line(1).text()).isEqualTo("mine");
  }

  @Test
  void a_statement_without_a_closing_balance_is_cut_short() {
    assertThatThrownBy(() -> Collected.of(":20:A\n:25:1\n:60F:C240101EUR1,\n:61:240102C1,NMSCA\n"))
        .isInstanceOf(UnreadableStatement.class)
        .hasMessageContaining("cut short");
  }

  @Test
  void a_bad_line_is_named_by_its_place() {
    assertThatThrownBy(() -> line("24010X C1,NMSC", "x"))
        .isInstanceOfSatisfying(UnreadableStatement.class, e -> assertThat(e.line()).isEqualTo(5));
  }

  @Test
  void an_interim_report_is_refused_by_name() {
    assertThatThrownBy(
            () -> Collected.of(":20:A\n:25:1\n:28C:1\n:34F:EUR0,\n:13D:2401011200+0100\n"))
        .hasMessageContaining("MT942");
  }
}
