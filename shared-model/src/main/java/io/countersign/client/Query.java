package io.countersign.client;

import io.countersign.model.WireName;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The filters of a list, named as the contract names them.
public record Query(Map<String, String> parameters) {

  public static final Query ALL = new Query(Map.of());

  public Query {
    parameters = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /// The same with one more filter; null or blank leaves it out.
  public Query with(String name, @Nullable Object value) {
    if (value == null || value.toString().isBlank()) {
      return this;
    }
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(name, value instanceof WireName wired ? wired.wire() : value.toString());
    return new Query(more);
  }

  /// @param after `next` of the page before; null for the first page
  public Query page(int limit, @Nullable String after) {
    return with("limit", limit).with("after", after);
  }

  String encoded() {
    return parameters.entrySet().stream()
        .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
        .collect(Collectors.joining("&"));
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
