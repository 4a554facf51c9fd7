package io.countersign.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
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
    TermRange amounts = SearchTerms.account(account, 1, Long.MAX_VALUE);
    assertThat(amounts.contains(SearchTerms.account(account, 1))).isTrue();
    assertThat(amounts.contains(SearchTerms.account(account, Long.MAX_VALUE))).isTrue();
    assertThat(amounts.contains(SearchTerms.account(account))).isFalse();
    assertThat(SearchTerms.kind("hold")).isNotEqualTo(SearchTerms.reference("hold"));
    assertThat(SearchTerms.currency("EUR")).isNotEqualTo(SearchTerms.currency("USD"));
  }

  @Test
  void positions_are_read_as_they_were_written() {
    Random random = new Random(4711);
    for (int most : new int[] {1, 7, 500, 4095, 4096, 4097, 30_000, SearchBlock.LARGE}) {
      BitSet bits = positions(random, most);
      SearchPositions positions = new SearchPositions();
      bits.stream().forEach(positions::add);
      byte[] encoded = positions.encoded();
      BitSet read = new BitSet();
      SearchPositions.decode(encoded, read);
      assertThat(read).isEqualTo(bits);
      assertThat(encoded.length).isLessThanOrEqualTo(1 + SearchBlock.LARGE / 8);
    }
  }

  @Test
  void of_a_step_s_amounts_those_asked_for_are_read_and_no_others() {
    Random random = new Random(4711);
    TreeMap<Long, BitSet> amounts = new TreeMap<>();
    SearchAmounts stored = new SearchAmounts();
    for (long amount : new long[] {1024, 1025, 1030, 1100, 1151}) {
      BitSet bits = positions(random, random.nextInt(1, 9000));
      amounts.put(amount, bits);
      bits.stream().forEach(position -> stored.add(amount, position));
    }
    byte[] encoded = stored.encoded();
    for (long least = 1020; least < 1160; least++) {
      for (long most = least; most < 1160; most += 7) {
        BitSet expected = new BitSet();
        amounts.subMap(least, true, most, true).values().forEach(expected::or);
        BitSet read = new BitSet();
        SearchAmounts.decode(encoded, least, most, read);
        assertThat(read).isEqualTo(expected);
      }
    }
  }

  private static BitSet positions(Random random, int count) {
    BitSet bits = new BitSet();
    while (bits.cardinality() < count) {
      bits.set(count == SearchBlock.LARGE ? bits.cardinality() : random.nextInt(SearchBlock.LARGE));
    }
    return bits;
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
