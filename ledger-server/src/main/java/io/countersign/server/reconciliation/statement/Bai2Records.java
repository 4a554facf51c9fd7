package io.countersign.server.reconciliation.statement;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Cuts BAI2 text into logical records. Lines may be padded, may lack the slash at their end where
/// a text ends them, and some banks' programs put several records into one line.
final class Bai2Records {

  private static final Pattern START = Pattern.compile("\\s*(01|02|03|16|49|88|98|99)([,:])(.*)");

  // A slash, blanks, and what can only be another record.
  private static final Pattern NEXT_IN_LINE =
      Pattern.compile(
          "/\\s+(?=01,|02,|03,\\w|16,\\d{3},|88,|49,[+-]?\\d+,|98,[+-]?\\d+,|99,[+-]?\\d+,)");

  private record Physical(String text, Place place) {}

  private final TextLines lines;
  private final Deque<Physical> waiting = new ArrayDeque<>();
  private @Nullable Bai2Record open;
  private boolean begun;

  Bai2Records(TextLines lines) {
    this.lines = lines;
  }

  /// The next record; null at the end of the file.
  @Nullable Bai2Record next() throws IOException {
    for (Physical line = physical(); line != null; line = physical()) {
      Bai2Record done = take(line);
      if (done != null) {
        return done;
      }
    }
    Bai2Record last = open;
    open = null;
    return last;
  }

  private @Nullable Physical physical() throws IOException {
    while (waiting.isEmpty()) {
      String line = lines.next();
      if (line == null) {
        return null;
      }
      if (!line.isBlank()) {
        split(line);
      }
    }
    return waiting.poll();
  }

  private void split(String line) {
    Matcher cut = NEXT_IN_LINE.matcher(line);
    int from = 0;
    while (cut.find()) {
      waiting.add(new Physical(line.substring(from, cut.start()), lines.at(from + 1)));
      from = cut.end();
    }
    waiting.add(new Physical(line.substring(from), lines.at(from + 1)));
  }

  private @Nullable Bai2Record take(Physical line) {
    Matcher start = START.matcher(line.text);
    boolean record = start.matches() && (start.group(2).equals(",") || start.group(1).equals("88"));
    if (!record) {
      return unnamed(line);
    }
    String content = withoutSlash(start.group(3));
    String code = start.group(1);
    if (code.equals("88")) {
      if (open == null) {
        throw line.place.unreadable(
            "A continuation (88) stands at the beginning. Fetch the file from the bank again.");
      }
      open.continued(content, line.place);
      return null;
    }
    Bai2Record done = open;
    open = new Bai2Record(code, content, line.place);
    begun = true;
    return done;
  }

  // In front of the file header there may be lines of the transport, such as $$ADD ID=….
  private @Nullable Bai2Record unnamed(Physical line) {
    if (!begun) {
      return null;
    }
    if (open == null || !open.code().equals("16")) {
      throw line.place.unreadable(
          "'"
              + Excerpt.of(line.text)
              + "' begins with no record code of BAI2 (01, 02, 03, 16, 49, 88, 98, 99). Fetch the"
              + " file from the bank again.");
    }
    open.wrapped(withoutSlash(line.text), line.place);
    return null;
  }

  private static String withoutSlash(String text) {
    String bare = text.stripTrailing();
    return bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare;
  }
}
