package io.countersign.model.overview;

import io.countersign.model.Money;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// How far the statements of a source's account reach, and what they do not explain.
///
/// @param account of the books
/// @param coveredThrough the last day of its accepted statements; null before the first
/// @param lines of statements that are not matched
/// @param transactions on the account that are not matched
/// @param unreconciled what both are about, without their signs
public record Coverage(
    String source,
    String account,
    @Nullable LocalDate coveredThrough,
    long lines,
    long transactions,
    Money unreconciled) {}
