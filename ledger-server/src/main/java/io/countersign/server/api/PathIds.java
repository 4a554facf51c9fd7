package io.countersign.server.api;

import java.util.function.Function;

/// Reads ids from paths: what is no id at all names nothing, so it is not found.
public final class PathIds {

  private PathIds() {}

  /// @param what names the kind of thing in the refusal
  /// @throws ProblemException 404 `not-found` when `parse` refuses the text
  public static <T> T read(String what, String text, Function<String, T> parse) {
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      throw Problems.notFound(what + " '" + text + "'").asException();
    }
  }
}
