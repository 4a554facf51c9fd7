package io.countersign.server.reconciliation.statement;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A table whose header is known here, recognised from the beginning of a file: whichever delimiter
/// it has, and though a few lines stand in front of the header.
final class KnownTable {

  private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');
  private static final char QUOTE = '"';
  private static final int ROWS_BEFORE_HEADER_MAX = 5;
  // Enough to see whether amounts have decimals.
  private static final int ROWS_SEEN_MAX = 200;

  private final char delimiter;
  private final int headerRow;
  private final boolean pointed;

  private KnownTable(char delimiter, int headerRow, boolean pointed) {
    this.delimiter = delimiter;
    this.headerRow = headerRow;
    this.pointed = pointed;
  }

  /// Null when the sample is no such table.
  static @Nullable KnownTable of(byte[] sample, @Nullable Charset encoding) throws IOException {
    for (char delimiter : DELIMITERS) {
      TableRows rows = rows(new ByteArrayInputStream(sample), encoding, delimiter);
      for (int i = 0; i <= ROWS_BEFORE_HEADER_MAX; i++) {
        TableRows.Row row = nextOrNull(rows);
        if (row == null) {
          break;
        }
        TableHeader header = new TableHeader(row.fields());
        if (isKnown(header)) {
          return new KnownTable(delimiter, i, hasDecimals(rows, header));
        }
      }
    }
    return null;
  }

  private static TableRows rows(InputStream file, @Nullable Charset encoding, char delimiter) {
    return new TableRows(new TextLines(file, encoding), delimiter, QUOTE);
  }

  // The sample is cut anywhere, and what is no table at all is for others to name.
  private static TableRows.@Nullable Row nextOrNull(TableRows rows) throws IOException {
    try {
      return rows.next();
    } catch (UnreadableStatement cut) {
      return null;
    }
  }

  private static boolean isKnown(TableHeader header) {
    return SandboxReader.recognises(header)
        || AdyenReader.recognises(header)
        || StripeTable.of(header) != null;
  }

  private static boolean hasDecimals(TableRows rows, TableHeader header) throws IOException {
    int column = header.find("amount");
    for (int i = 0; column >= 0 && i < ROWS_SEEN_MAX; i++) {
      TableRows.Row row = nextOrNull(rows);
      if (row == null) {
        return false;
      }
      if (row.fields().size() > column && row.fields().get(column).matches(".*\\d[.,]\\d.*")) {
        return true;
      }
    }
    return false;
  }

  void read(InputStream file, @Nullable Charset encoding, StatementSink sink) throws IOException {
    TableRows rows = rows(file, encoding, delimiter);
    TableRows.Row row = rows.next();
    for (int i = 0; i < headerRow && row != null; i++) {
      row = rows.next();
    }
    TableHeader header = row == null ? TableHeader.NONE : new TableHeader(row.fields());
    StripeTable stripe = StripeTable.of(header);
    if (SandboxReader.recognises(header)) {
      SandboxReader.read(rows, header, sink);
    } else if (AdyenReader.recognises(header)) {
      AdyenReader.read(rows, header, sink);
    } else if (stripe != null) {
      StripeReader.read(rows, header, stripe, pointed, sink);
    } else {
      throw new IllegalStateException("the header was another one in the sample");
    }
  }
}
