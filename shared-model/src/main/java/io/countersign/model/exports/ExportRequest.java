package io.countersign.model.exports;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Asks for an export.
///
/// @param kind `journal`
/// @param format `jsonl`
/// @param from first accounting day, included; the future is allowed
/// @param to last accounting day, included
/// @param account only entries on this account
/// @param throughSequence as the books stood when this was the newest transaction; absent is now
public record ExportRequest(
    @Nullable String kind,
    @Nullable String format,
    @Nullable LocalDate from,
    @Nullable LocalDate to,
    @Nullable String account,
    @Nullable Long throughSequence) {}
