package io.countersign.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of a list, read by keyset.
///
/// @param next what to send as `after` for the page that follows; null on the last one
/// @param total how many there are in all; only work queues say
public record Page<T>(
    List<T> items,
    @Nullable String next,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long total) {

  public Page {
    items = Immutable.list(items);
  }
}
