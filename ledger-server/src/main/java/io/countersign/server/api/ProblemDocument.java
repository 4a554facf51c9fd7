package io.countersign.server.api;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// How a [Problem] looks on the wire: the members of RFC 9457, section 3, in their usual order.
public final class ProblemDocument {

  public static final String MEDIA_TYPE = "application/problem+json";

  private ProblemDocument() {}

  /// @param instance the path of the refused request
  public static Map<String, Object> of(Problem problem, String instance) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("type", "/problems/" + problem.slug());
    document.put("title", title(problem.slug()));
    document.put("status", problem.status());
    document.put("detail", problem.detail());
    document.put("instance", instance);
    if (!problem.errors().isEmpty()) {
      document.put("errors", problem.errors());
    }
    document.putAll(problem.members());
    return document;
  }

  /// The slug in words, such as `Insufficient funds`.
  public static String title(String slug) {
    String words = slug.replace('-', ' ');
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
