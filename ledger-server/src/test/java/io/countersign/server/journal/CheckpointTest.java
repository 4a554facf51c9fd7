package io.countersign.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {

  private static final UUID ACCOUNT = new UUID(1, 1);
  private static final LocalDate START = LocalDate.of(2024, 12, 20);

  @Test
  void the_first_has_each_day_that_moved_and_each_month() {
    Checkpoint.Built built =
        Checkpoint.next(
            ACCOUNT,
            9,
            null,
            List.of(),
            List.of(
                added(LocalDate.of(2025, 1, 2), 5, 1),
                added(LocalDate.of(2024, 12, 31), 7, 2),
                added(LocalDate.of(2025, 1, 2), -1, 3)));
    assertThat(built.checkpoint().months().values())
        .extracting(Sums::posted)
        .containsExactly(BigInteger.valueOf(7), BigInteger.valueOf(11));
    assertThat(built.checkpoint().months().values())
        .extracting(Sums::sequence)
        .containsExactly(2L, 3L);
    assertThat(built.checkpoint().daysThrough().values()).containsExactly(9L, 9L);
    assertThat(built.days()).hasSize(2);
  }

  @Test
  void a_month_that_is_not_touched_keeps_its_days_and_its_sum_takes_in_what_came_earlier() {
    Checkpoint first =
        Checkpoint.next(
                ACCOUNT, 10, null, List.of(), List.of(added(LocalDate.of(2025, 3, 1), 100, 10)))
            .checkpoint();
    Checkpoint.Built second =
        Checkpoint.next(
            ACCOUNT, 20, first, List.of(), List.of(added(LocalDate.of(2025, 1, 31), 1, 20)));
    assertThat(second.days()).extracting(Checkpoint.Days::month).containsExactly(2025 * 12);
    assertThat(second.checkpoint().daysThrough().values()).containsExactly(20L, 10L);
    assertThat(second.checkpoint().months().lastEntry().getValue())
        .isEqualTo(new Sums(BigInteger.valueOf(101), BigInteger.ZERO, 20));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void any_number_of_checkpoints_tells_every_day_as_a_sum_over_all_entries_does(long seed) {
    Random random = new Random(seed);
    NavigableMap<LocalDate, Sums> entries = new TreeMap<>();
    Map<List<Long>, Checkpoint.Days> stored = new HashMap<>();
    Checkpoint newest = null;
    for (long through = 10; through <= 300; through += 10) {
      List<Checkpoint.Added> added = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(6); i++) {
        Checkpoint.Added more =
            added(START.plusDays(random.nextInt(100)), random.nextInt(-50, 50), through - 9L + i);
        added.add(more);
        entries.merge(LocalDate.ofEpochDay(more.day()), more.sums(), Sums::plus);
      }
      List<Checkpoint.Days> touched = new ArrayList<>();
      if (newest != null) {
        for (Map.Entry<Integer, Long> month : newest.daysThrough().entrySet()) {
          touched.add(
              Objects.requireNonNull(stored.get(List.of((long) month.getKey(), month.getValue()))));
        }
      }
      Checkpoint.Built built = Checkpoint.next(ACCOUNT, through, newest, touched, added);
      newest = built.checkpoint();
      built.days().forEach(days -> stored.put(List.of((long) days.month(), days.through()), days));
      for (int i = -5; i < 110; i++) {
        LocalDate day = START.plusDays(i);
        Sums expected = entries.headMap(day, true).values().stream().reduce(Sums.NONE, Sums::plus);
        assertThat(upTo(newest, stored, day)).as("%s at %s", day, through).isEqualTo(expected);
      }
    }
  }

  // As the statement of a balance reads it.
  private static Sums upTo(
      Checkpoint checkpoint, Map<List<Long>, Checkpoint.Days> stored, LocalDate day) {
    int month = Checkpoint.month(day);
    var before = checkpoint.months().lowerEntry(month);
    Sums sums = before == null ? Sums.NONE : before.getValue();
    Long through = checkpoint.daysThrough().get(month);
    if (through == null) {
      return sums;
    }
    Checkpoint.Days days = Objects.requireNonNull(stored.get(List.of((long) month, through)));
    var within = days.days().floorEntry(Math.toIntExact(day.toEpochDay()));
    return within == null ? sums : sums.plus(within.getValue());
  }

  private static Checkpoint.Added added(LocalDate day, long posted, long sequence) {
    return new Checkpoint.Added(
        ACCOUNT,
        Math.toIntExact(day.toEpochDay()),
        new Sums(BigInteger.valueOf(posted), BigInteger.ZERO, sequence),
        sequence,
        1,
        Instant.EPOCH);
  }
}
