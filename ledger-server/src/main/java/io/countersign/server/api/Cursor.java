package io.countersign.server.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// An opaque place in a list: the sort key of the last item seen.
public final class Cursor {

  private static final char SEPARATOR = '\u001f';

  private Cursor() {}

  public static String of(Object... sortKey) {
    StringBuilder joined = new StringBuilder();
    for (Object part : sortKey) {
      if (!joined.isEmpty()) {
        joined.append(SEPARATOR);
      }
      joined.append(part);
    }
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(joined.toString().getBytes(StandardCharsets.UTF_8));
  }

  /// @throws ProblemException `invalid-request` when this is no cursor with so many parts
  public static List<String> read(String after, int parts) {
    try {
      String joined = new String(Base64.getUrlDecoder().decode(after), StandardCharsets.UTF_8);
      List<String> sortKey = List.of(joined.split(String.valueOf(SEPARATOR), -1));
      if (sortKey.size() == parts) {
        return sortKey;
      }
    } catch (IllegalArgumentException notBase64) {
      // Falls through to the one refusal below.
    }
    throw Problems.invalidRequest("after", "is not a cursor of this list; send 'next' as it came")
        .asException();
  }

  /// @throws ProblemException `invalid-request` when the cursor does not start with a number
  public static long number(String after) {
    try {
      return Long.parseLong(read(after, 1).getFirst());
    } catch (NumberFormatException e) {
      throw Problems.invalidRequest("after", "is not a cursor of this list; send 'next' as it came")
          .asException();
    }
  }
}
