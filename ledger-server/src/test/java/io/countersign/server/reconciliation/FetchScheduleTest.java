package io.countersign.server.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FetchScheduleTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource({
    "PT15M, 2026-03-10T10:15:00Z",
    "06:30, 2026-03-11T05:30:00Z",
    "11:30, 2026-03-10T10:30:00Z",
    "0 7 * * *, 2026-03-11T06:00:00Z",
    "30 0 7 * * MON, 2026-03-16T06:00:30Z",
  })
  void the_next_time_is_in_the_source_s_zone(String schedule, Instant next) {
    assertThat(new FetchSchedule(schedule, BERLIN).next(Instant.parse("2026-03-10T10:00:00Z")))
        .isEqualTo(next);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "PT1S", "PT-5M", "25:00", "99 * * * *", "P1Y"})
  void anything_else_is_refused(String schedule) {
    assertThatIllegalArgumentException().isThrownBy(() -> new FetchSchedule(schedule, BERLIN));
  }
}
