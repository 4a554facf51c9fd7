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

  public Days(Clock clock, Locale locale) {
    this.clock = clock;
    this.day = DateTimeFormatter.ofPattern("d MMM yyyy", locale);
    this.instant = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss", locale);
  }

  public String day(@Nullable LocalDate date) {
    return date == null ? "" : day.format(date);
  }

  public String instant(@Nullable Instant at) {
    return at == null ? "" : instant.format(at.atZone(clock.getZone()));
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
