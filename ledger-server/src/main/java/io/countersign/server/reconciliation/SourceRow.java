package io.countersign.server.reconciliation;

import io.countersign.model.reconciliation.BusinessCalendar;
import io.countersign.model.reconciliation.Fetch;
import io.countersign.model.reconciliation.Source;
import io.countersign.model.reconciliation.SourceKind;
import io.countersign.server.reconciliation.matching.SettlementWindow;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A bank or an acquirer, as it is stored.
///
/// @param folder where its statements are laid down; null when they are uploaded
/// @param version counts what changes the input of a run
record SourceRow(
    String code,
    String name,
    SourceKind kind,
    int settlementDays,
    BusinessCalendar calendar,
    ZoneId zone,
    LocalTime cutOff,
    @Nullable String format,
    @Nullable String folder,
    @Nullable String schedule,
    @Nullable Instant nextFetchAt,
    long version,
    Instant createdAt,
    List<SourceAccountRow> accounts) {

  SourceRow {
    accounts = List.copyOf(accounts);
  }

  SettlementWindow window() {
    return new SettlementWindow(settlementDays, calendar, zone, cutOff);
  }

  Optional<SourceAccountRow> account(UUID id) {
    return accounts.stream().filter(it -> it.id().equals(id)).findFirst();
  }

  Source toModel() {
    return new Source(
        code,
        name,
        kind,
        accounts.stream().map(SourceAccountRow::toModel).toList(),
        settlementDays,
        calendar,
        zone.getId(),
        cutOff,
        format,
        folder == null ? null : new Fetch(folder, null, null, schedule));
  }
}
