package io.countersign.server.reconciliation.statement;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The lines of a text file, whatever ends them (LF, CR LF or CR) and however they are encoded.
///
/// A line that is not UTF-8 is ISO 8859-1: banks mix the two, and neither says which it is.
final class TextLines {

  private static final int LENGTH_MAX = 65_536;
  private static final int END = -1;

  private final BufferedReader units;
  private final boolean bytes;
  private int number;
  private boolean afterReturn;

  /// @param encoding null when no byte order mark says so
  TextLines(InputStream file, @Nullable Charset encoding) {
    boolean wide = encoding != null && !encoding.equals(StandardCharsets.UTF_8);
    this.bytes = !wide;
    this.units =
        new BufferedReader(
            new InputStreamReader(file, wide ? encoding : StandardCharsets.ISO_8859_1));
  }

  /// The number of the line read last, from 1.
  int number() {
    return number;
  }

  Place at(int column) {
    return new Place(number, column);
  }

  @Nullable String next() throws IOException {
    int unit = units.read();
    if (afterReturn && unit == '\n') {
      unit = units.read();
    }
    afterReturn = false;
    if (unit == END) {
      return null;
    }
    number++;
    StringBuilder line = new StringBuilder();
    while (unit != END && unit != '\n' && unit != '\r') {
      if (line.length() == LENGTH_MAX) {
        throw at(LENGTH_MAX)
            .unreadable(
                "This line is longer than any statement's. Fetch the file from the bank again.");
      }
      line.append((char) unit);
      unit = units.read();
    }
    afterReturn = unit == '\r';
    return bytes ? decoded(line) : line.toString();
  }

  private static String decoded(StringBuilder latin) {
    String text = latin.toString();
    if (text.chars().allMatch(c -> c < 0x80)) {
      return text;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      return text;
    }
  }
}
