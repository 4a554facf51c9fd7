package io.countersign.model.exports;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// What an export was asked for.
public record ExportFilter(
    String kind, String format, LocalDate from, LocalDate to, @Nullable String account) {}
