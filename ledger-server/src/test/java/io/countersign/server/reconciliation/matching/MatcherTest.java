package io.countersign.server.reconciliation.matching;

import static io.countersign.model.reconciliation.ExceptionCategory.AMBIGUOUS;
import static io.countersign.model.reconciliation.ExceptionCategory.AMOUNT_MISMATCH;
import static io.countersign.model.reconciliation.ExceptionCategory.CURRENCY_MISMATCH;
import static io.countersign.model.reconciliation.ExceptionCategory.DUPLICATE_IN_LEDGER;
import static io.countersign.model.reconciliation.ExceptionCategory.DUPLICATE_IN_STATEMENT;
import static io.countersign.model.reconciliation.ExceptionCategory.MISSING_IN_LEDGER;
import static io.countersign.model.reconciliation.ExceptionCategory.MISSING_IN_STATEMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.countersign.model.CurrencyCode;
import io.countersign.model.reconciliation.ExceptionCategory;
import io.countersign.server.reconciliation.matching.MatchingInput.Pair;
import io.countersign.server.reconciliation.matching.MatchingInput.Settled;
import io.countersign.server.reconciliation.matching.MatchingResult.Finding;
import io.countersign.server.reconciliation.matching.MatchingResult.Found;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MatcherTest {

  private static final UUID BANK = new UUID(1, 1);
  private static final UUID DOLLARS = new UUID(1, 2);
  private static final LocalDate DAY = LocalDate.of(2026, 3, 10);

  private int made;

  private UUID id() {
    return new UUID(2, ++made);
  }

  private LineItem line(long amount, String text, String... references) {
    return lineOn(DAY, amount, text, references);
  }

  private LineItem lineOn(LocalDate day, long amount, String text, String... references) {
    return new LineItem(
        id(),
        BANK,
        day,
        amount,
        CurrencyCode.of("EUR"),
        ReferenceKeys.of(List.of(references)),
        text,
        false);
  }

  private EntryItem entry(long amount, String... references) {
    return entryOn(DAY, amount, references);
  }

  private EntryItem entryOn(LocalDate day, long amount, String... references) {
    return entry(BANK, "EUR", day, amount, true, null, references);
  }

  private EntryItem entry(
      UUID account,
      String currency,
      LocalDate day,
      long amount,
      boolean due,
      @Nullable UUID reverses,
      String... references) {
    UUID id = id();
    return new EntryItem(
        id,
        account,
        made,
        day,
        amount,
        CurrencyCode.of(currency),
        ReferenceKeys.of(List.of(references)),
        reverses,
        due,
        "words",
        false);
  }

  private static MatchingResult match(List<LineItem> lines, List<EntryItem> entries) {
    return Matcher.match(new MatchingInput(lines, entries, Set.of(), List.of()));
  }

  private static List<ExceptionCategory> categories(MatchingResult result) {
    return result.findings().stream().map(Finding::category).toList();
  }

  @Test
  void a_reference_and_the_amount_in_common_match_whatever_banks_do_to_the_reference() {
    LineItem line = line(1250, "", "re 2024 0017");
    EntryItem entry = entry(1250, "RE-2024/0017");
    MatchingResult result = match(List.of(line), List.of(entry));
    assertThat(result.found())
        .extracting(Found::lines, Found::entries, Found::rule)
        .containsExactly(tuple(List.of(line), List.of(entry), "reference"));
    assertThat(result.findings()).isEmpty();
  }

  @Test
  void a_reference_hidden_in_the_text_matches_also_when_a_blank_cuts_it() {
    MatchingResult result =
        match(
            List.of(line(1250, "Thank you, INV-2024 0017 of March")),
            List.of(entry(1250, "INV-20240017")));
    assertThat(result.found()).hasSize(1);
    assertThat(result.found().getFirst().reason()).contains("in the text");
  }

  @Test
  void a_reference_is_not_found_within_a_longer_one() {
    MatchingResult result =
        match(List.of(line(1250, "INV-20240017")), List.of(entry(1250, "INV-2024001")));
    assertThat(result.found()).isEmpty();
  }

  @Test
  void amount_and_date_alone_never_match_but_are_suggested() {
    EntryItem entry = entry(1250, "A-1234");
    MatchingResult result = match(List.of(line(1250, "", "B-9876")), List.of(entry));
    assertThat(result.found()).isEmpty();
    assertThat(categories(result)).containsExactly(MISSING_IN_LEDGER, MISSING_IN_STATEMENT);
    assertThat(result.findings().getFirst().suggestions())
        .singleElement()
        .satisfies(it -> assertThat(it.transactions()).containsExactly(entry.transaction()))
        .satisfies(it -> assertThat(it.score()).isLessThanOrEqualTo(50));
  }

  @Test
  void money_out_does_not_match_money_in() {
    MatchingResult result = match(List.of(line(-1250, "", "A-1")), List.of(entry(1250, "A-1")));
    assertThat(result.found()).isEmpty();
    assertThat(categories(result)).containsExactly(MISSING_IN_LEDGER, MISSING_IN_STATEMENT);
  }

  @Test
  void of_two_with_one_reference_the_nearer_day_wins() {
    LineItem line = line(1250, "", "RENT");
    EntryItem near = entryOn(DAY.minusDays(1), 1250, "RENT");
    EntryItem far = entryOn(DAY.minusDays(5), 1250, "RENT");
    MatchingResult result = match(List.of(line), List.of(far, near));
    assertThat(result.found()).extracting(Found::entries).containsExactly(List.of(near));
    assertThat(categories(result)).containsExactly(MISSING_IN_STATEMENT);
  }

  @Test
  void a_tie_is_ambiguous_and_names_its_candidates_with_their_scores() {
    LineItem line = line(1250, "", "RENT");
    EntryItem one = entry(1250, "RENT");
    EntryItem other = entry(1250, "RENT");
    MatchingResult result = match(List.of(line), List.of(one, other));
    assertThat(result.found()).isEmpty();
    assertThat(categories(result)).containsExactly(AMBIGUOUS);
    assertThat(result.findings().getFirst().suggestions())
        .extracting(it -> it.transactions().getFirst(), it -> it.score())
        .containsExactly(tuple(one.transaction(), 100), tuple(other.transaction(), 100));
  }

  @Test
  void as_many_lines_as_entries_of_one_reference_match_together() {
    MatchingResult result =
        match(
            List.of(line(500, "", "RENT"), line(500, "", "RENT")),
            List.of(entry(500, "RENT"), entry(500, "RENT")));
    assertThat(result.findings()).isEmpty();
    assertThat(result.found()).singleElement().satisfies(it -> assertThat(it.lines()).hasSize(2));
  }

  @Test
  void the_second_of_two_equal_lines_is_a_duplicate_when_the_books_know_one() {
    LineItem first = line(500, "", "RENT");
    LineItem second = line(500, "", "RENT");
    MatchingResult result = match(List.of(first, second), List.of(entry(500, "RENT")));
    assertThat(result.found()).extracting(Found::lines).containsExactly(List.of(first));
    assertThat(result.findings())
        .extracting(Finding::category, Finding::line)
        .containsExactly(tuple(DUPLICATE_IN_STATEMENT, second));
  }

  @Test
  void what_repeats_an_earlier_match_is_a_duplicate_on_its_side() {
    var settled = List.of(new Settled(BANK, "RENT", 500, DAY.minusDays(3)));
    MatchingResult line =
        Matcher.match(
            new MatchingInput(List.of(line(500, "", "RENT")), List.of(), Set.of(), settled));
    MatchingResult entry =
        Matcher.match(new MatchingInput(List.of(), List.of(entry(500, "RENT")), Set.of(), settled));
    assertThat(categories(line)).containsExactly(DUPLICATE_IN_STATEMENT);
    assertThat(categories(entry)).containsExactly(DUPLICATE_IN_LEDGER);
  }

  @Test
  void a_reference_that_comes_again_next_month_is_no_duplicate() {
    var settled = List.of(new Settled(BANK, "RENT", 500, DAY.minusDays(31)));
    MatchingResult result =
        Matcher.match(
            new MatchingInput(List.of(line(500, "", "RENT")), List.of(), Set.of(), settled));
    assertThat(categories(result)).containsExactly(MISSING_IN_LEDGER);
  }

  @Test
  void one_reference_with_two_amounts_is_a_mismatch_that_names_the_difference() {
    EntryItem entry = entry(1300, "A-1000");
    MatchingResult result = match(List.of(line(1250, "", "A-1000")), List.of(entry));
    assertThat(result.findings())
        .extracting(Finding::category, Finding::difference, Finding::entry)
        .containsExactly(tuple(AMOUNT_MISMATCH, -50L, entry));
  }

  @Test
  void one_reference_on_an_account_in_another_currency_is_a_currency_mismatch() {
    EntryItem dollars = entry(DOLLARS, "USD", DAY, 1250, true, null, "A-1000");
    MatchingResult result = match(List.of(line(1250, "", "A-1000")), List.of(dollars));
    assertThat(result.findings())
        .extracting(Finding::category, Finding::difference)
        .containsExactly(tuple(CURRENCY_MISMATCH, null));
  }

  @Test
  void a_batch_line_matches_the_transactions_it_names_when_it_is_their_sum() {
    LineItem line = line(1000, "", "E-1001", "E-1002", "E-1003");
    List<EntryItem> entries =
        List.of(entry(200, "E-1001"), entry(300, "E-1002"), entry(500, "E-1003"));
    MatchingResult result = match(List.of(line), entries);
    assertThat(result.found())
        .extracting(Found::rule, Found::entries)
        .containsExactly(tuple("reference_sum", entries));
  }

  @Test
  void several_lines_of_one_reference_match_the_entry_that_is_their_sum() {
    MatchingResult result =
        match(
            List.of(line(400, "", "PART-1"), line(600, "", "PART-1")),
            List.of(entry(1000, "PART-1")));
    assertThat(result.found()).extracting(Found::rule).containsExactly("reference_sum");
    assertThat(result.findings()).isEmpty();
  }

  @Test
  void an_entry_inside_its_window_is_awaited() {
    EntryItem fresh = entry(BANK, "EUR", DAY, 1250, false, null, "A-1000");
    MatchingResult result = match(List.of(), List.of(fresh));
    assertThat(result.awaiting()).containsExactly(fresh);
    assertThat(result.findings()).isEmpty();
  }

  @Test
  void an_overdue_entry_and_its_reversal_explain_each_other() {
    EntryItem original = entry(1250, "A-1000");
    EntryItem reversal = entry(BANK, "EUR", DAY, -1250, true, original.transaction(), "B-1");
    MatchingResult result = match(List.of(), List.of(original, reversal));
    assertThat(result.found()).extracting(Found::rule).containsExactly("reversal");
    assertThat(result.findings()).isEmpty();
  }

  @Test
  void what_a_person_took_apart_stays_apart() {
    LineItem line = line(1250, "", "A-1000");
    EntryItem entry = entry(1250, "A-1000");
    MatchingResult result =
        Matcher.match(
            new MatchingInput(
                List.of(line),
                List.of(entry),
                Set.of(new Pair(line.id(), entry.transaction())),
                List.of()));
    assertThat(result.found()).isEmpty();
  }

  @Test
  void what_a_person_dismissed_raises_nothing_but_still_matches() {
    LineItem line = line(1250, "", "A-1000");
    LineItem dismissed =
        new LineItem(line.id(), BANK, DAY, 1250, line.currency(), line.keys(), line.text(), true);
    assertThat(match(List.of(dismissed), List.of()).findings()).isEmpty();
    assertThat(match(List.of(dismissed), List.of(entry(1250, "A-1000"))).found()).hasSize(1);
  }

  @Test
  void sums_beyond_64_bits_overflow_nothing() {
    MatchingResult result =
        match(
            List.of(line(Long.MAX_VALUE, "", "BIG"), line(Long.MAX_VALUE, "", "BIG")),
            List.of(entry(-2, "BIG")));
    assertThat(result.found()).isEmpty();
  }

  @Test
  void every_item_ends_in_one_place_and_the_same_input_gives_the_same_result() {
    Random random = new Random(17);
    for (int round = 0; round < 300; round++) {
      List<LineItem> lines = new ArrayList<>();
      List<EntryItem> entries = new ArrayList<>();
      for (int i = random.nextInt(12); i > 0; i--) {
        lines.add(
            lineOn(
                DAY.plusDays(random.nextInt(3)),
                random.nextInt(-3, 4) * 100L,
                "",
                "REF-" + random.nextInt(4)));
      }
      for (int i = random.nextInt(12); i > 0; i--) {
        entries.add(
            entry(
                BANK,
                "EUR",
                DAY.plusDays(random.nextInt(3)),
                random.nextInt(1, 4) * 100L,
                random.nextBoolean(),
                null,
                "REF-" + random.nextInt(4)));
      }
      MatchingResult result = match(lines, entries);
      assertThat(match(lines, entries)).isEqualTo(result);
      List<LineItem> placed = new ArrayList<>();
      result.found().forEach(it -> placed.addAll(it.lines()));
      result.findings().stream()
          .filter(it -> it.line() != null)
          .forEach(it -> Collections.addAll(placed, it.line()));
      assertThat(placed).containsExactlyInAnyOrderElementsOf(lines);
      List<EntryItem> claimed = new ArrayList<>();
      result.found().forEach(it -> claimed.addAll(it.entries()));
      assertThat(claimed).doesNotHaveDuplicates();
      for (Found found : result.found()) {
        assertThat(found.lines().stream().mapToLong(LineItem::minorUnits).sum())
            .isEqualTo(found.entries().stream().mapToLong(EntryItem::minorUnits).sum());
      }
    }
  }
}
