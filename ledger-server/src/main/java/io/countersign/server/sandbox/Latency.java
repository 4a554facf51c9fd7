package io.countersign.server.sandbox;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How long the acquirer takes before it looks at a request.
record Latency(int fromMillis, int toMillis) {

  static final Latency NONE = new Latency(0, 0);

  private static final Pattern RANGE = Pattern.compile("(\\d{1,6})(?:-(\\d{1,6}))?(?:ms)?");

  /// @throws IllegalArgumentException when `text` is not like `0` or `200-800ms`
  static Latency parse(String text) {
    Matcher range = RANGE.matcher(text.strip());
    if (!range.matches()) {
      throw notARange(text);
    }
    int from = Integer.parseInt(range.group(1));
    int to = range.group(2) == null ? from : Integer.parseInt(range.group(2));
    if (to < from) {
      throw notARange(text);
    }
    return new Latency(from, to);
  }

  private static IllegalArgumentException notARange(String text) {
    return new IllegalArgumentException(
        "SANDBOX_LATENCY '" + text + "' is neither a number of milliseconds nor like 200-800ms");
  }

  /// @param request what is asked for under which key: the same request always takes as long
  Duration of(String request) {
    int spread = toMillis - fromMillis + 1;
    return Duration.ofMillis(fromMillis + (long) References.choose("latency", request, spread));
  }
}
