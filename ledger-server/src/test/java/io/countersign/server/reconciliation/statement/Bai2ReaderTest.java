package io.countersign.server.reconciliation.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Bai2ReaderTest {

  private static final String ONE_ACCOUNT =
      """
      01,BANK,US,240105,0600,7,80,,2/
      02,US,BANK,1,240104,2400,,2/
      03,1234567,,010,+100000,,,015,+98550,,,100,450,1,,400,1900,2,/
      16,165,450,V,240108,,DD1620,ORDER-1,DEALER PAYMENT
      88,SEE INVOICE 12/2023, PART 2
      16,475,1500,0,,1001,CHECK PAID/
      16,698,400,Z,,,FEES/
      49,203250,6/
      98,203250,1,8/
      99,203250,1,10/
      """;

  private static final String FIRST_DETAIL =
      """
      16,165,450,V,240108,,DD1620,ORDER-1,DEALER PAYMENT
      88,SEE INVOICE 12/2023, PART 2
      """;

  private static String with(String old, String now) {
    assertThat(ONE_ACCOUNT).contains(old);
    return ONE_ACCOUNT.replace(old, now);
  }

  @Test
  void the_real_file_balances_and_its_control_totals_fit() {
    var statements = Collected.of(Collected.sample("bai2-td-sample1.txt"));

    assertThat(statements)
        .extracting(
            s -> s.head().format(),
            s -> s.head().accountId(),
            s -> s.head().currency().toString(),
            s -> s.head().lineCount(),
            s -> s.head().opening(),
            s -> s.head().problems())
        .containsExactly(
            tuple(StatementFormat.BAI2, "10200123456", "CAD", 11, null, List.of()),
            tuple(StatementFormat.BAI2, "10200123456", "CAD", 6, null, List.of()));
    var first = statements.getFirst();
    assertThat(first.lines().stream().mapToLong(ParsedLine::minorUnits).sum()).isZero();
    assertThat(first.line(1).minorUnits()).isEqualTo(-2500);
    assertThat(first.line(1).text()).isEqualTo("RETURNED CHEQUE");
    assertThat(first.line(1).valueDate()).isEqualTo("2006-03-16");
    assertThat(first.line(1).bookedOn()).isEqualTo("2006-03-17");
    assertThat(first.line(4).minorUnits()).isEqualTo(203_500);
  }

  @Test
  void credits_come_in_debits_go_out_and_balances_are_the_booked_ones() {
    var statement = Collected.only(ONE_ACCOUNT);

    assertThat(statement.head().problems()).isEmpty();
    assertThat(statement.head().currency().toString()).isEqualTo("USD");
    assertThat(statement.head().opening())
        .isEqualTo(new Balance(100_000, LocalDate.of(2024, 1, 4)));
    assertThat(statement.head().closing()).isEqualTo(new Balance(98_550, LocalDate.of(2024, 1, 4)));
    assertThat(statement.lines())
        .extracting(ParsedLine::minorUnits)
        .containsExactly(450L, -1500L, -400L);
    assertThat(statement.line(1).references()).containsExactly("DD1620", "ORDER-1");
    assertThat(statement.line(1).text()).isEqualTo("DEALER PAYMENT SEE INVOICE 12/2023, PART 2");
    assertThat(statement.line(1).valueDate()).isEqualTo("2024-01-08");
    assertThat(statement.line(2).valueDate()).isEqualTo("2024-01-04");
    assertThat(statement.line(3).valueDate()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "'49,203250,6/', '49,203251,6/', a difference of 1",
    "'49,203250,6/', '49,203250,7/', '7 records, but there are 6'",
    "'98,203250,1,8/', '98,203250,2,8/', '2 accounts, but there are 1'",
    "'98,203250,1,8/', '98,203240,1,8/', a difference of -10",
    "'99,203250,1,10/', '99,203250,1,11/', '11 records, but there are 10'",
    "'99,203250,1,10/', '99,203250,3,10/', '3 groups, but there are 1'",
    "'16,698,400,Z,,,FEES/', '16,698,401,Z,,,FEES/', a difference of -1"
  })
  void a_control_total_that_differs_quarantines_and_says_by_how_much(
      String old, String now, String said) {
    var statement = Collected.only(with(old, now));

    assertThat(statement.problemCodes()).contains(StatementProblem.CONTROL_TOTAL_DIFFERS);
    assertThat(statement.head().problems().toString()).contains(said);
    assertThat(statement.lines()).hasSize(3);
  }

  @Test
  void a_wrong_file_total_touches_every_group_and_a_wrong_group_total_only_its_own() {
    String second = "02,US,OTHER,1,240104,2400,EUR,2/\n03,9,,\n49,0,2/\n98,5,1,4/\n99,";
    String text =
        with("99,203250,1,10/", second + "203255,2,14/").replace("03,9,,\n", "03,9,,010,0,,/\n");
    var statements = Collected.of(text);

    assertThat(statements)
        .extracting(Collected.Statement::problemCodes)
        .first()
        .isEqualTo(List.of());
    assertThat(statements.get(1).problemCodes())
        .containsExactly(StatementProblem.CONTROL_TOTAL_DIFFERS);
    assertThat(statements.get(1).head().currency().toString()).isEqualTo("EUR");
    assertThat(Collected.of(text.replace("99,203255", "99,1")))
        .allSatisfy(
            s -> assertThat(s.problemCodes()).contains(StatementProblem.CONTROL_TOTAL_DIFFERS));
  }

  @Test
  void opening_and_lines_that_do_not_make_closing_are_named() {
    String text = with("015,+98550", "015,+98560").replace("203250", "203260");
    assertThat(Collected.only(text).problemCodes())
        .containsExactly(StatementProblem.DOES_NOT_ADD_UP);
  }

  @ParameterizedTest
  @CsvSource({"JPY, 450", "USD, 450", "KWD, 450"})
  void amounts_are_in_the_minor_unit_of_the_currency(String currency, long minorUnits) {
    var statement = Collected.only(with("03,1234567,,", "03,1234567," + currency + ","));
    assertThat(statement.line(1).minorUnits()).isEqualTo(minorUnits);
    assertThat(statement.line(1).currency().toString()).isEqualTo(currency);
    assertThat(statement.head().problems()).isEmpty();
  }

  @Test
  void funds_of_every_type_are_skipped_to_the_references() {
    String detail = "16,165,450,%s,BANK-1,OURS-1,TEXT, WITH A COMMA/\n";
    for (String funds :
        List.of(
            "",
            "Z",
            "0",
            "1",
            "2",
            "V,240105,",
            "V,240105,1200",
            "S,100,200,150",
            "D,2,0,50,1,400")) {
      String text = with(FIRST_DETAIL, detail.formatted(funds));
      var line = Collected.of(text).getFirst().line(1);
      assertThat(line.references()).as(funds).containsExactly("BANK-1", "OURS-1");
      assertThat(line.text()).as(funds).isEqualTo("TEXT, WITH A COMMA");
      assertThat(line.minorUnits()).isEqualTo(450);
    }
  }

  @Test
  void a_continuation_may_break_a_record_at_any_field() {
    String text =
        with(
            FIRST_DETAIL,
            """
            16,165,450/
            88,S,100/
            88,200,150,DD1620/
            88,ORDER-1/
            88,DEALER PAYMENT
            88,EREF: E2E-77
            """);
    var line = Collected.of(text).getFirst().line(1);
    assertThat(line.references()).containsExactly("DD1620", "ORDER-1", "E2E-77");
    assertThat(line.text()).isEqualTo("DEALER PAYMENT EREF: E2E-77");

    String broken = with("010,+100000,,,015,+98550,,,", "010/\n88,+100000,,,015,+98550/\n88,,,");
    String counted =
        broken
            .replace("49,203250,6/", "49,203250,8/")
            .replace("98,203250,1,8/", "98,203250,1,10/")
            .replace("99,203250,1,10/", "99,203250,1,12/");
    assertThat(Collected.only(counted).head())
        .extracting(ParsedStatement::opening, ParsedStatement::closing, s -> s.problems().size())
        .containsExactly(
            new Balance(100_000, LocalDate.of(2024, 1, 4)),
            new Balance(98_550, LocalDate.of(2024, 1, 4)),
            0);
  }

  @Test
  void padded_lines_records_in_one_line_and_lines_of_the_transport_are_read() {
    var plain = Collected.of(ONE_ACCOUNT);
    String padded =
        ONE_ACCOUNT.lines().map(line -> line + "      ").reduce("", (a, b) -> a + b + "\r\n");
    assertThat(Collected.of("$$ADD ID=ABC BID='BAI2'\n" + padded)).isEqualTo(plain);
    assertThat(Collected.of(ONE_ACCOUNT.replace("/\n", "/   "))).isEqualTo(plain);
    assertThat(Collected.of(ONE_ACCOUNT.stripTrailing())).isEqualTo(plain);
    assertThat(Collected.of(ONE_ACCOUNT + "\n\n" + ONE_ACCOUNT)).hasSize(2);
  }

  @Test
  void information_that_moves_no_money_is_no_line() {
    String text =
        with("16,698,400,Z,,,FEES/", "16,698,400,Z,,,FEES/\n16,890,,,,,SEE YOUR BRANCH/")
            .replace("49,203250,6/", "49,203250,7/")
            .replace("98,203250,1,8/", "98,203250,1,9/")
            .replace("99,203250,1,10/", "99,203250,1,11/");
    var statement = Collected.only(text);
    assertThat(statement.lines()).hasSize(3);
    assertThat(statement.head().problems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "16,165,-450,",
        "16,165,4.50,",
        "16,165,,",
        "16,050,450,",
        "16,xyz,450,",
        "16,165,450X,",
        "16,165,99999999999999999999,",
      })
  void what_could_be_a_wrong_number_is_refused_with_its_place(String start) {
    assertThatThrownBy(() -> Collected.of(with("16,165,450,", start)))
        .isInstanceOfSatisfying(
            UnreadableStatement.class, refused -> assertThat(refused.line()).isEqualTo(4));
  }

  @Test
  void a_file_cut_anywhere_is_refused_or_right() {
    var whole = Collected.only(ONE_ACCOUNT).lines();
    for (int length = 0; length < ONE_ACCOUNT.length() - 3; length++) {
      String cut = ONE_ACCOUNT.substring(0, length);
      if (!cut.contains("\n99,")) {
        assertThatThrownBy(() -> Collected.of(cut))
            .as("cut at %d", length)
            .isInstanceOf(UnreadableStatement.class);
      } else {
        // Every group is complete: the lines are right, whatever is left of the file's trailer.
        assertThat(Collected.only(cut).lines()).as(cut).isEqualTo(whole);
      }
    }
  }

  @Test
  void tests_deletions_and_reports_within_the_day_are_refused_by_name() {
    assertThatThrownBy(() -> Collected.of(with("US,BANK,1,", "US,BANK,4,")))
        .hasMessageContaining("test");
    assertThatThrownBy(() -> Collected.of(with("US,BANK,1,", "US,BANK,2,")))
        .hasMessageContaining("deletes");
    assertThatThrownBy(() -> Collected.of(with("2400,,2/", "2400,,3/")))
        .hasMessageContaining("within the day");
  }
}
