package io.countersign.server.payments;

import io.countersign.model.overview.PaymentsOfDay;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.payments.PaymentDayStore.Day;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.springframework.stereotype.Component;

/// How many payments were made on each of the last days, by what has become of them.
@Component
public class PaymentDays {

  private static final long VERSION_7 = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private final PaymentDayStore store;
  private final Clock clock;

  PaymentDays(PaymentDayStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /// @param days today counted in
  public List<PaymentsOfDay> last(LedgerScope ledger, int days) {
    LocalDate today = ledger.today(clock);
    return store.counts(
        ledger.id(),
        LongStream.range(0, days)
            .mapToObj(today::minusDays)
            .map(day -> new Day(day, first(ledger, day), first(ledger, day.plusDays(1))))
            .toList());
  }

  /// The lowest version 7 id of the day's first millisecond (RFC 9562, section 5.7).
  private static UUID first(LedgerScope ledger, LocalDate day) {
    long millis = day.atStartOfDay(ledger.timeZone()).toInstant().toEpochMilli();
    return new UUID((millis << 16) | VERSION_7, VARIANT);
  }
}
