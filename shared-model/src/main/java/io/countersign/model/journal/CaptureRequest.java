package io.countersign.model.journal;

import io.countersign.model.Money;
import org.jspecify.annotations.Nullable;

/// `POST L/holds/{id}/captures`.
///
/// @param amount at most what is held, the rest is released; null is the whole
public record CaptureRequest(@Nullable Money amount) {}
