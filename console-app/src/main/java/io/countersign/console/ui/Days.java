package io.countersign.console.ui;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes days and instants for people. Instants are shown in the time zone of the clock.
public final class Days {

  private final Clock clock;
  private final DateTimeFormatter day;
  private final DateTimeFormatter instant;
  private final DateTimeFormatter time;
  private final DateTimeFormatter dayAndTime;

  public Days(Clock clock, Locale locale) {
    this.clock = clock;
    this.day = DateTimeFormatter.ofPattern("d MMM yyyy", locale);
    this.instant = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss", locale);
    this.dayAndTime = DateTimeFormatter.ofPattern("d MMM HH:mm:ss", locale);
    this.time = DateTimeFormatter.ofPattern("HH:mm:ss", locale);
  }

  public String day(@Nullable LocalDate date) {
    return date == null ? "" : day.format(date);
  }

  public String instant(@Nullable Instant at) {
    return at == null ? "" : instant.format(at.atZone(clock.getZone()));
  }

  public Instant now() {
    return clock.instant();
  }

  /// The time alone when it is of today.
  public String moment(@Nullable Instant at) {
    if (at == null) {
      return "";
    }
    boolean today = at.atZone(clock.getZone()).toLocalDate().equals(LocalDate.now(clock));
    return today ? time.format(at.atZone(clock.getZone())) : instant(at);
  }

  /// The time, with its day only when that is not the day of `other`.
  public String brief(Instant at, Instant other) {
    boolean sameDay =
        at.atZone(clock.getZone())
            .toLocalDate()
            .equals(other.atZone(clock.getZone()).toLocalDate());
    return (sameDay ? time : dayAndTime).format(at.atZone(clock.getZone()));
  }

  /// How long, in the two units that matter: `40 ms`, `9 s`, `11 min 58 s`, `3 h 12 min`, `2 d 4
  /// h`.
  public static String span(Duration span) {
    if (span.toSeconds() < 1) {
      return Math.max(0, span.toMillis()) + " ms";
    }
    if (span.toMinutes() < 1) {
      return span.toSeconds() + " s";
    }
    if (span.toHours() < 1) {
      return two(span.toMinutes(), "min", span.toSecondsPart(), "s");
    }
    return span.toDays() < 1
        ? two(span.toHours(), "h", span.toMinutesPart(), "min")
        : two(span.toDays(), "d", span.toHoursPart(), "h");
  }

  private static String two(long large, String unit, int small, String smallUnit) {
    return large + " " + unit + (small == 0 ? "" : " " + small + " " + smallUnit);
  }

  /// How long ago, in the one unit that matters: `4 min`, `3 h`, `12 d`.
  public String age(Instant since) {
    Duration age = Duration.between(since, clock.instant());
    if (age.toMinutes() < 1) {
      return "just now";
    }
    if (age.toHours() < 1) {
      return age.toMinutes() + " min";
    }
    return age.toDays() < 1 ? age.toHours() + " h" : age.toDays() + " d";
  }
}
