package io.countersign.server.reconciliation.statement;

import java.math.BigDecimal;

/// A row under a header.
record TableRow(TableHeader header, TableRows.Row row) {

  /// @throws UnreadableStatement when it has another number of fields than the header, which is how
  ///   a file that is cut short or badly quoted shows
  TableRow {
    int fields = row.fields().size();
    boolean surplus =
        fields > header.size()
            && !row.fields().subList(header.size(), fields).stream().allMatch(String::isBlank);
    if (fields < header.size() || surplus) {
      throw row.place()
          .unreadable(
              "This row has %d fields, but there are %d columns: the file is cut short, or a text in it lacks quotes. Export it again."
                  .formatted(fields, header.size()));
    }
  }

  Place place() {
    return row.place();
  }

  /// The field in the first of these columns that is there, without blanks around it; empty when
  /// none is.
  String text(String... names) {
    int column = header.find(names);
    return column < 0 ? "" : row.fields().get(column).strip();
  }

  Place place(String... names) {
    int column = header.find(names);
    return column < 0 ? row.place() : row.places().get(column);
  }

  /// An amount in major units that must be there.
  BigDecimal amount(String... names) {
    return DecimalText.table(text(names), place(names));
  }

  /// An amount in major units; 0 when the field is empty.
  BigDecimal amountOrZero(String... names) {
    return text(names).isEmpty() ? BigDecimal.ZERO : amount(names);
  }
}
