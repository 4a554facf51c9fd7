package io.countersign.server.reconciliation.statement;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of a table in text (RFC 4180), each field with its place in the file.
///
/// Cut here and not by a CSV library, since those lose where a field begins, which is what a person
/// needs to mend a file. Blank rows are left out; a quote within an unquoted field is a character.
final class TableRows {

  private static final int FIELDS_MAX = 1_000;
  private static final int LINES_IN_A_ROW_MAX = 1_000;

  /// Stands for no quote at all: text files hold no such character.
  static final char NO_QUOTE = '\0';

  /// @param places where each field begins
  record Row(List<String> fields, List<Place> places) {

    Place place() {
      return places.getFirst();
    }

    boolean isBlank() {
      return fields.stream().allMatch(String::isBlank);
    }
  }

  private final TextLines lines;
  private final char delimiter;
  private final char quote;
  private String line = "";
  private int position;

  TableRows(TextLines lines, char delimiter, char quote) {
    this.lines = lines;
    this.delimiter = delimiter;
    this.quote = quote;
  }

  /// The next row; null at the end of the file.
  @Nullable Row next() throws IOException {
    Row row = any();
    while (row != null && row.isBlank()) {
      row = any();
    }
    return row;
  }

  private @Nullable Row any() throws IOException {
    String first = lines.next();
    if (first == null) {
      return null;
    }
    line = first;
    position = 0;
    List<String> fields = new ArrayList<>();
    List<Place> places = new ArrayList<>();
    boolean more = true;
    while (more) {
      if (fields.size() == FIELDS_MAX) {
        throw here().unreadable("This row has more than " + FIELDS_MAX + " fields.");
      }
      places.add(here());
      fields.add(field());
      more = position < line.length();
      // Behind the delimiter another field begins, though it be empty.
      position++;
    }
    return new Row(fields, places);
  }

  private Place here() {
    return lines.at(position + 1);
  }

  /// Reads one field; afterwards the position is that of its delimiter, or the end of the line.
  private String field() throws IOException {
    if (quote != NO_QUOTE && position < line.length() && line.charAt(position) == quote) {
      return quoted();
    }
    int end = line.indexOf(delimiter, position);
    end = end < 0 ? line.length() : end;
    String field = line.substring(Math.min(position, end), end);
    position = end;
    return field;
  }

  private String quoted() throws IOException {
    Place start = here();
    StringBuilder field = new StringBuilder();
    position++;
    while (true) {
      int end = line.indexOf(quote, position);
      if (end < 0) {
        field.append(line, position, line.length()).append('\n');
        nextLine(start);
      } else {
        field.append(line, position, end);
        position = end + 1;
        if (position >= line.length() || line.charAt(position) != quote) {
          break;
        }
        field.append(quote);
        position++;
      }
    }
    if (position < line.length() && line.charAt(position) != delimiter) {
      throw here()
          .unreadable(
              "Behind the quote that ends a field stands no '"
                  + delimiter
                  + "'. Export the file again.");
    }
    return field.toString();
  }

  private void nextLine(Place start) throws IOException {
    String next = lines.next();
    if (next == null || lines.number() - start.line() > LINES_IN_A_ROW_MAX) {
      throw start.unreadable(
          "The quote that begins here is never closed: the file is cut short. Export it again.");
    }
    line = next;
    position = 0;
  }
}
