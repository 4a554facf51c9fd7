package io.countersign.server.reconciliation.statement;

import java.util.ArrayList;
import java.util.List;

/// One logical BAI2 record: a physical one and those that continue it (88), read field by field.
///
/// The end of a physical record also ends a field, except within the text of a detail record, which
/// runs to the end of the last continuation with all its commas and slashes.
final class Bai2Record {

  private static final int PIECES_MAX = 10_000;
  private static final int TEXT_MAX = 4_000;

  private final String code;
  private final Place place;
  private final List<String> pieces = new ArrayList<>();
  private int physical = 1;
  private int piece;
  private int from;

  /// @param content what stands behind the code and its comma
  Bai2Record(String code, String content, Place place) {
    this.code = code;
    this.place = place;
    pieces.add(content);
  }

  String code() {
    return code;
  }

  Place place() {
    return place;
  }

  /// How many physical records it takes.
  int physical() {
    return physical;
  }

  void continued(String content, Place at) {
    physical++;
    add(content, at);
  }

  /// A line that begins with no record code goes on with the text of the line before.
  void wrapped(String content, Place at) {
    add(content, at);
  }

  private void add(String content, Place at) {
    if (pieces.size() == PIECES_MAX) {
      throw at.unreadable(
          "The record that begins in line "
              + place.line()
              + " has too many continuations (88). Fetch the file from the bank again.");
    }
    pieces.add(content);
  }

  boolean hasNext() {
    return piece < pieces.size();
  }

  /// The next field without blanks around it; empty at the end.
  String next() {
    if (!hasNext()) {
      return "";
    }
    String content = pieces.get(piece);
    int comma = content.indexOf(',', from);
    String field = comma < 0 ? content.substring(from) : content.substring(from, comma);
    if (comma < 0) {
      piece++;
      from = 0;
    } else {
      from = comma + 1;
    }
    return field.strip();
  }

  /// Everything that was not read yet, piece by piece.
  List<String> rest() {
    List<String> rest = new ArrayList<>();
    int length = 0;
    while (hasNext() && length < TEXT_MAX) {
      String part = pieces.get(piece).substring(from).strip();
      if (!part.isEmpty()) {
        rest.add(part.substring(0, Math.min(part.length(), TEXT_MAX - length)));
        length += part.length();
      }
      piece++;
      from = 0;
    }
    return rest;
  }
}
