package io.countersign.server.reconciliation.statement;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Cuts MT940 text into fields, in FIN blocks (`{1:…}{4: … -}`) or, as most banks deliver it, bare:
/// with lines such as `ABNANL2A`, `940` or `:940:` around the messages, or nothing.
final class Mt940Fields {

  // A field's value of more lines than this is no MT940: field 86 has six by the standard.
  private static final int LINES_MAX = 200;
  private static final Pattern TAG = Pattern.compile("\\s?:(\\d{2}[A-Z]?|NS):(.*)", Pattern.DOTALL);
  private static final Pattern END_OF_MESSAGE = Pattern.compile("-(}.*)?\\s*");
  private static final String TEXT_BLOCK = "{4:";

  /// One field: its lines as written, the first without its tag.
  record Field(String tag, List<String> lines, Place place) {

    String first() {
      return lines.getFirst();
    }
  }

  private final TextLines text;
  private @Nullable Field open;
  private @Nullable Field ready;
  private boolean finished;

  Mt940Fields(TextLines text) {
    this.text = text;
  }

  /// The next field; null at the end of the file.
  @Nullable Field next() throws IOException {
    while (ready == null && !finished) {
      take(text.next());
    }
    Field next = ready;
    ready = null;
    return next;
  }

  private void take(@Nullable String line) {
    if (line == null) {
      finished = true;
      close();
      return;
    }
    String content = withoutBlocks(line);
    Matcher tag = TAG.matcher(content);
    if (tag.matches()) {
      close();
      List<String> lines = new ArrayList<>();
      lines.add(tag.group(2));
      open = new Field(tag.group(1), lines, text.at(1));
    } else if (END_OF_MESSAGE.matcher(content).matches()) {
      close();
    } else if (open != null && !content.isBlank()) {
      continued(open, content);
    }
  }

  private void continued(Field field, String content) {
    if (field.lines.size() == LINES_MAX) {
      throw text.at(1)
          .unreadable(
              "Field :"
                  + field.tag
                  + ": has more lines than an MT940 can have. Fetch the file again.");
    }
    field.lines.add(content);
  }

  // {1:…}{2:…}{4: may stand before the first field, and -}{5:…} behind the last.
  private static String withoutBlocks(String line) {
    String bare = line.startsWith("\u0001") ? line.substring(1) : line;
    if (bare.startsWith("{")) {
      int block = bare.indexOf(TEXT_BLOCK);
      return block < 0 ? "" : bare.substring(block + TEXT_BLOCK.length());
    }
    int end = bare.indexOf("-}");
    return end > 0 ? bare.substring(0, end) : bare;
  }

  private void close() {
    ready = open;
    open = null;
  }
}
