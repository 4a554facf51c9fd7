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
      for (long amount : new long[] {least, most, least + (most - least) / 2}) {
        assertThat(isFound(terms, amount)).as("%s in %s..%s", amount, least, most).isTrue();
      }
      assertThat(terms).hasSizeLessThanOrEqualTo(3);
    }
  }

  @Test
  void in_small_ranges_nothing_is_missed() {
    for (long least = 1; least <= 300; least++) {
      for (long most = least; most <= 300; most++) {
        List<TermRange> terms = AmountScale.covering(least, most);
        for (long amount = least; amount <= most; amount++) {
          assertThat(isFound(terms, amount)).as("%s in %s..%s", amount, least, most).isTrue();
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
      if (least > 1) {
        assertThat(isFound(terms, least - least / 8 - 1)).isFalse();
      }
      assertThat(isFound(terms, most + most / 8 + 1)).isFalse();
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

  private static boolean isFound(List<TermRange> terms, long amount) {
    if (amount < 1) {
      return false;
    }
    long octave = SearchTerms.octave(AmountScale.OCTAVE.step(amount));
    long eighth = SearchTerms.eighth(AmountScale.EIGHTH.step(amount));
    return terms.stream().anyMatch(it -> it.contains(octave) || it.contains(eighth));
  }

  private static long amount(Random random) {
    return Math.max(1, random.nextLong() >>> (1 + random.nextInt(62)));
  }
}
