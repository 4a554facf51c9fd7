package io.countersign.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTermsTest {

  private static final String TEXT = "Überweisung an JÖRG Straße, 山田 太郎 🏦 №7";

  @Test
  void a_text_has_the_parts_of_everything_it_contains_whatever_the_case() {
    Set<Long> terms = terms(TEXT);
    for (int from = 0; from < TEXT.length(); from++) {
      for (int to = from + 1; to <= TEXT.length(); to++) {
        for (String part : variants(TEXT.substring(from, to))) {
          assertThat(terms).as(part).containsAll(SearchTerms.trigramsWithin(part));
          if (part.length() == 1) {
            assertThat(terms).contains(SearchTerms.letter(SearchTerms.folded(part).charAt(0)));
          }
          if (part.length() == 2) {
            TermRange pair = SearchTerms.pair(part);
            assertThat(terms).as(part).anyMatch(pair::contains);
          }
        }
      }
    }
  }

  @Test
  void what_a_text_does_not_contain_is_not_found_in_it() {
    assertThat(terms("Order 4711")).doesNotContainAnyElementsOf(SearchTerms.trigramsWithin("712"));
    assertThat(terms("Order 4711")).noneMatch(SearchTerms.pair("17")::contains);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ſ", "ς", "K", "İ", "ı", "ẞ", "Å", "µ", "Ǆ", "𐐀"})
  void letters_that_differ_by_case_alone_are_one(String letter) {
    String folded = SearchTerms.folded(letter);
    assertThat(SearchTerms.folded(simple(letter, Character::toLowerCase))).isEqualTo(folded);
    assertThat(SearchTerms.folded(simple(letter, Character::toUpperCase))).isEqualTo(folded);
  }

  @Test
  void terms_of_different_things_are_different() {
    UUID account = UUID.fromString("0199c0de-0000-7000-8000-000000000001");
    assertThat(SearchTerms.account(account).contains(SearchTerms.account(account, 1))).isTrue();
    assertThat(SearchTerms.account(account).contains(SearchTerms.account(account, Long.MAX_VALUE)))
        .isTrue();
    assertThat(SearchTerms.kind("hold")).isNotEqualTo(SearchTerms.reference("hold"));
    assertThat(SearchTerms.currency("EUR")).isNotEqualTo(SearchTerms.currency("USD"));
  }

  @Test
  void positions_are_read_as_they_were_written() {
    Random random = new Random(4711);
    for (int most : new int[] {0, 1, 7, 510, 511, 512, 513, 5000, SearchBlock.SIZE}) {
      BitSet bits = new BitSet();
      SearchPositions positions = new SearchPositions();
      while (bits.cardinality() < most) {
        bits.set(most == SearchBlock.SIZE ? bits.cardinality() : random.nextInt(SearchBlock.SIZE));
      }
      bits.stream().forEach(positions::add);
      for (byte[] encoded : new byte[][] {positions.encoded(), SearchPositions.encoded(bits)}) {
        BitSet read = new BitSet();
        SearchPositions.decode(encoded, read);
        assertThat(read).isEqualTo(bits);
        assertThat(encoded.length).isLessThanOrEqualTo(1 + SearchBlock.SIZE / 8);
      }
    }
  }

  private static Set<Long> terms(String text) {
    Set<Long> terms = new HashSet<>();
    SearchTerms.ofText(text, terms::add);
    return terms;
  }

  private static Set<String> variants(String text) {
    return new HashSet<>(
        List.of(text, simple(text, Character::toLowerCase), simple(text, Character::toUpperCase)));
  }

  private static String simple(String text, java.util.function.IntUnaryOperator mapping) {
    return text.codePoints()
        .map(mapping)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
