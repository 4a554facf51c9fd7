package io.countersign.model.reconciliation;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.countersign.model.Immutable;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `POST L/sources`.
///
/// @param settlementDays business days that a ledger entry may wait for its line
/// @param cutOff in `timeZone`
public record SourceRequest(
    String code,
    String name,
    SourceKind kind,
    List<SourceAccount> accounts,
    int settlementDays,
    BusinessCalendar calendar,
    String timeZone,
    @JsonFormat(pattern = "HH:mm") LocalTime cutOff,
    @Nullable String format,
    @Nullable Fetch fetch) {

  public SourceRequest {
    accounts = Immutable.list(accounts);
  }
}
