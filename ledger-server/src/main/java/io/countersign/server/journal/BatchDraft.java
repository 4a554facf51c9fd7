package io.countersign.server.journal;

import io.countersign.server.api.Problem;
import org.jspecify.annotations.Nullable;

/// An item of a batch: what it wants appended, or what it is refused for before anybody asks the
/// books.
///
/// @param text canonical JSON
/// @param draft null when `refusal` is not
record BatchDraft(
    String text,
    @Nullable String key,
    @Nullable TransactionDraft draft,
    @Nullable Problem refusal) {}
