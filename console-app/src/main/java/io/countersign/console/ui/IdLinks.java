package io.countersign.console.ui;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Ids within sentences of the server.
public final class IdLinks {

  private static final Pattern ID =
      Pattern.compile("\\b[a-z]{3,4}_[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b");

  private IdLinks() {}

  /// Those named in a text, each once.
  public static List<String> in(String text) {
    return ID.matcher(text).results().map(MatchResult::group).distinct().toList();
  }

  /// The text with every id short enough to be read.
  public static String shortened(String text) {
    return ID.matcher(text).replaceAll(found -> Ids.shortened(found.group()));
  }
}
