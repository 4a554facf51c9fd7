package io.countersign.server.journal;

import static io.countersign.server.journal.JournalFixture.transfer;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.TestPostgres;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FinalSumsTest {

  private static final int STEPS = 300;

  private final JournalFixture books = new JournalFixture(TestPostgres.fresh());

  @AfterEach
  void close() {
    books.database.close();
  }

  @Test
  void funds_are_the_same_with_sums_remembered_from_any_watermark() {
    Random random = new Random(11);
    long[] funds = new long[3];
    for (int wallet = 0; wallet < funds.length; wallet++) {
      books.wallet("wallet:" + wallet);
    }
    for (int step = 0; step < STEPS; step++) {
      int from = random.nextInt(funds.length);
      int to = (from + 1) % funds.length;
      long amount = 1L + random.nextInt(40);
      switch (random.nextInt(6)) {
        case 0 -> books.watermarks.take(1);
        case 1, 2 -> {
          books.recorded(transfer("bank", "wallet:" + to, amount));
          funds[to] += amount;
        }
        default -> {
          Appended outcome =
              books.append(List.of(transfer("wallet:" + from, "wallet:" + to, amount))).getFirst();
          boolean covered = funds[from] >= amount;
          assertThat(outcome instanceof Appended.Recorded).as("step %d", step).isEqualTo(covered);
          funds[from] -= covered ? amount : 0;
          funds[to] += covered ? amount : 0;
        }
      }
    }
    assertThat(books.finalSums.newest(1)).isNotNull();
  }

  @Test
  void a_sum_is_taken_from_its_watermark_on() {
    UUID wallet = fundedWallet();
    Watermark watermark = books.watermarks.take(1);
    // Another sum than the entries have shows that they are not added up again.
    remember(watermark, wallet, 500);
    assertThat(books.append(List.of(transfer("wallet:1", "bank", 400))).getFirst())
        .isInstanceOf(Appended.Recorded.class);
  }

  @Test
  void sums_of_other_books_are_forgotten() {
    UUID wallet = fundedWallet();
    Watermark here = books.watermarks.take(1);
    // As after a backup was restored: the watermark that is remembered was never taken here.
    remember(new Watermark(here.sequence(), here.closedAt().plusMillis(1)), wallet, 500);
    assertThat(books.append(List.of(transfer("wallet:1", "bank", 400))).getFirst())
        .isInstanceOf(Appended.Refused.class);
    assertThat(books.append(List.of(transfer("wallet:1", "bank", 100))).getFirst())
        .isInstanceOf(Appended.Recorded.class);
  }

  private UUID fundedWallet() {
    books.wallet("wallet:1");
    books.recorded(transfer("bank", "wallet:1", 100));
    return books.accounts.get(1, "wallet:1").id();
  }

  private void remember(Watermark watermark, UUID account, long funds) {
    books.finalSums.remember(
        1,
        watermark,
        Map.of(
            account, new FinalSums.Sum(watermark.sequence(), BigInteger.valueOf(funds).negate())));
  }
}
