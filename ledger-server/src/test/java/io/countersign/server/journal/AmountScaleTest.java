package io.countersign.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AmountScaleTest {

  private static final long SEED = 4711;

  @Test
  void every_amount_of_a_range_is_found_by_its_terms() {
    Random random = new Random(SEED);
    for (int run = 0; run < 20_000; run++) {
      long one = amount(random);
      long other = amount(random);
      long least = Math.min(one, other);
      long most = Math.max(one, other);
      List<TermRange> terms = AmountScale.covering(least, most);
      for (long amount :
          new long[] {least, most, least + (most - least) / 2, within(random, least, most)}) {
        assertThat(isFound(terms, amount)).as("%s in %s..%s", amount, least, most).isTrue();
      }
      assertThat(terms.size()).isLessThanOrEqualTo(7);
    }
  }

  @Test
  void small_ranges_are_found_whole_and_alone() {
    for (long least = 1; least <= 300; least++) {
      for (long most = least; most <= 300; most++) {
        List<TermRange> terms = AmountScale.covering(least, most);
        for (long amount = 1; amount <= 127; amount++) {
          assertThat(isFound(terms, amount))
              .as("%s in %s..%s", amount, least, most)
              .isEqualTo(least <= amount && amount <= most);
        }
      }
    }
  }

  @Test
  void what_is_found_beside_a_range_is_near_it() {
    Random random = new Random(SEED);
    for (int run = 0; run < 20_000; run++) {
      long least = random.nextLong(1, 1_000_001);
      long most = least + random.nextInt(1_000_000);
      List<TermRange> terms = AmountScale.covering(least, most);
      assertThat(isFound(terms, least - least / 64 - 1)).isFalse();
      assertThat(isFound(terms, most + most / 64 + 1)).isFalse();
    }
  }

  @Test
  void the_largest_amounts_are_found() {
    List<TermRange> all = AmountScale.covering(1, Long.MAX_VALUE);
    List<TermRange> last = AmountScale.covering(Long.MAX_VALUE, Long.MAX_VALUE);
    List<TermRange> almost = AmountScale.covering(Long.MAX_VALUE - 5, Long.MAX_VALUE);
    for (List<TermRange> terms : List.of(all, last, almost)) {
      assertThat(isFound(terms, Long.MAX_VALUE)).isTrue();
    }
  }

  // As a block stores it: large or rare amounts by their fine step, frequent ones by themselves.
  private static boolean isFound(List<TermRange> terms, long amount) {
    if (amount < 1) {
      return false;
    }
    boolean byStep =
        contains(terms, SearchTerms.octave(AmountScale.OCTAVE.step(amount)))
            || contains(terms, SearchTerms.step(AmountScale.STEP.step(amount)));
    boolean rare =
        byStep || contains(terms, SearchTerms.fineStep(AmountScale.FINE_STEP.step(amount)));
    boolean frequent =
        byStep
            || (SearchTerms.hasTerm(amount) ? contains(terms, SearchTerms.amount(amount)) : rare);
    assertThat(frequent).as("an amount of its own is never found more easily").isIn(rare, false);
    return rare && frequent;
  }

  private static boolean contains(List<TermRange> terms, long term) {
    return terms.stream().anyMatch(it -> it.contains(term));
  }

  private static long amount(Random random) {
    return Math.max(1, random.nextLong() >>> (1 + random.nextInt(62)));
  }

  private static long within(Random random, long least, long most) {
    return most - least == Long.MAX_VALUE
        ? least
        : random.nextLong(least, most + 1 < 0 ? most : most + 1);
  }
}
