package io.countersign.server.api;

import org.jspecify.annotations.Nullable;

/// Which page of a list is asked for; controllers take it as a parameter (`?limit=&after=`).
///
/// @param limit 1–1000
/// @param after an opaque cursor; null for the first page
public record PageRequest(int limit, @Nullable String after) {

  public static final int LIMIT_DEFAULT = 100;
  public static final int LIMIT_MAX = 1000;
}
