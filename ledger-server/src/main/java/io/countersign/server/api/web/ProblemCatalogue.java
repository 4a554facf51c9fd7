package io.countersign.server.api.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What each problem means and what to do about it, from `problems.txt` beside this class.
final class ProblemCatalogue {

  /// @param status as text, because one problem may come with more than one
  record Explanation(String status, String meaning, String remedy) {}

  private static final Map<String, Explanation> ALL = load();

  private ProblemCatalogue() {}

  static Optional<Explanation> find(String slug) {
    return Optional.ofNullable(ALL.get(slug));
  }

  static Set<String> slugs() {
    return ALL.keySet();
  }

  private static Map<String, Explanation> load() {
    try (InputStream file = ProblemCatalogue.class.getResourceAsStream("problems.txt")) {
      if (file == null) {
        throw new IllegalStateException("problems.txt is not beside " + ProblemCatalogue.class);
      }
      Map<String, Explanation> all = new HashMap<>();
      new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split("\\s*\\|\\s*", 4))
          .forEach(part -> all.put(part[0], new Explanation(part[1], part[2], part[3])));
      return Map.copyOf(all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
