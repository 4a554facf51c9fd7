package io.countersign.model.reconciliation;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.countersign.model.Immutable;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A bank or an acquirer that sends statements.
public record Source(
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

  public Source {
    accounts = Immutable.list(accounts);
  }
}
