package io.countersign.server.reconciliation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import org.springframework.scheduling.support.CronExpression;

/// When a source's statements are fetched: `HH:mm` each day, a duration such as `PT15M`, or a cron
/// expression of five or six fields, in the source's time zone.
record FetchSchedule(String text, ZoneId zone) {

  private static final Duration SHORTEST = Duration.ofSeconds(5);
  private static final int CRON_FIELDS_WITHOUT_SECONDS = 5;

  /// @throws IllegalArgumentException when `text` is none of the three
  FetchSchedule {
    after(text, zone, Instant.EPOCH);
  }

  /// The first time after `now`.
  Instant next(Instant now) {
    return after(text, zone, now);
  }

  private static Instant after(String text, ZoneId zone, Instant now) {
    try {
      if (text.startsWith("P")) {
        Duration period = Duration.parse(text);
        if (period.compareTo(SHORTEST) < 0) {
          throw new IllegalArgumentException("'" + text + "' is shorter than " + SHORTEST);
        }
        return now.plus(period);
      }
      if (text.indexOf(':') > 0) {
        return daily(LocalTime.parse(text), now.atZone(zone));
      }
      return cron(text, now.atZone(zone));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("'" + text + "' is not a time of day or a duration", e);
    }
  }

  private static Instant daily(LocalTime time, ZonedDateTime now) {
    ZonedDateTime today = now.with(time);
    return (today.isAfter(now) ? today : now.plusDays(1).with(time)).toInstant();
  }

  private static Instant cron(String text, ZonedDateTime now) {
    int fields = text.strip().split("\\s+", -1).length;
    String withSeconds = fields == CRON_FIELDS_WITHOUT_SECONDS ? "0 " + text : text;
    ZonedDateTime next = CronExpression.parse(withSeconds).next(now);
    if (next == null) {
      throw new IllegalArgumentException("'" + text + "' never comes");
    }
    return next.toInstant();
  }
}
